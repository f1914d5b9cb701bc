INSERT INTO t VALUES (1, 2, 'a'), (3, 4, 'b');
