INSERT INTO t SELECT i, 'a' FROM generate_series(1, 150) i;
