INSERT INTO ev (at, note) SELECT n, 'n' || n FROM generate_series(0, 19) n;
INSERT INTO place SELECT c, c || n FROM unnest(ARRAY['de', 'it', NULL, 'us']) c, generate_series(1, 3) n;
INSERT INTO item SELECT n, 'v' || n FROM generate_series(1, 40) n;
INSERT INTO line SELECT n, n FROM generate_series(1, 40) n;
INSERT INTO deep SELECT a, b FROM generate_series(0, 19) a, generate_series(1, 4) b;
INSERT INTO reading SELECT generate_series(0, 19);
