INSERT INTO a (id, note) SELECT i, 'x' || i FROM generate_series(1, 20) i;
INSERT INTO rebuilt SELECT i, 'x' || i FROM generate_series(1, 20) i;
