INSERT INTO t (a, b, c) SELECT i, i % 7, 'x' || i FROM generate_series(1, 50) i;
