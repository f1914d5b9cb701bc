INSERT INTO t SELECT i, 'k' || i, i FROM generate_series(1, 30) i; INSERT INTO log VALUES (1);
