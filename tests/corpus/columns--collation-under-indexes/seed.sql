INSERT INTO t VALUES (1, 'x', 'a', 1), (2, 'y', 'b', 2);
INSERT INTO p VALUES (1, 'x');
