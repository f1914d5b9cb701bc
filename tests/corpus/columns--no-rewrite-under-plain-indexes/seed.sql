INSERT INTO t VALUES (1, 'x', 'a', 'b'), (2, 'y', 'c', 'd');
