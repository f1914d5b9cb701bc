INSERT INTO readings (id, second) VALUES (1, ROW(1.5)), (2, NULL);
