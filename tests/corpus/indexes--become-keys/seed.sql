INSERT INTO t SELECT n, 'c' || n, n, n, n, n FROM generate_series(1, 5) n;
INSERT INTO other SELECT n, 'c' || n, n, n FROM generate_series(1, 5) n;
INSERT INTO parted VALUES (1), (2);
INSERT INTO pointing VALUES ('c1');
