INSERT INTO t VALUES (1, 'x', '{a,b}', '5', '6', 'one'), (2, NULL, NULL, NULL, NULL, NULL);
