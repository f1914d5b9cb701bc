INSERT INTO ev (at, kind) SELECT d, 'k' FROM generate_series('2025-12-15'::date, '2026-01-15', '10 days') d;
INSERT INTO "Od d" SELECT k, n FROM unnest(ARRAY['a', 'b''"$$', 'c', NULL]) k, generate_series(1, 3) n;
INSERT INTO target VALUES (1), (3);
INSERT INTO source VALUES (1), (3);
