INSERT INTO kinds SELECT generate_series(1, 3);
INSERT INTO "events p1" SELECT i, 1 FROM generate_series(1, 3) i;
INSERT INTO "events p2" SELECT 100 + i, 2 FROM generate_series(1, 3) i;
