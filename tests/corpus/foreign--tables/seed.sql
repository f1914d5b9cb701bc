INSERT INTO parted_1 SELECT i, 'x' FROM generate_series(1, 9) i;
INSERT INTO parent SELECT i, 'x' FROM generate_series(1, 9) i;
