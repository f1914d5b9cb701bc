INSERT INTO orders (id, amount, code, state, "the day") VALUES (1, 2, '3', 'new', '2026-01-02'), (2, 3, '4', 'done', NULL);
INSERT INTO lines VALUES (1, 2, 3);
