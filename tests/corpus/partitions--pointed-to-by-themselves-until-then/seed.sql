INSERT INTO events SELECT generate_series(1, 9);
INSERT INTO items SELECT i, i FROM generate_series(1, 9) i;
