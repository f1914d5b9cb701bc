INSERT INTO events SELECT i - 5, i FROM generate_series(1, 4) i;
INSERT INTO other SELECT i - 5 FROM generate_series(1, 4) i;
INSERT INTO orders SELECT i - 5 FROM generate_series(1, 4) i;
