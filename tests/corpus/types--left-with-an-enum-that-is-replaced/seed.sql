INSERT INTO app.customers VALUES (1, '(fine,2026-01-01)'), (2, '(sad,2026-01-02)'), (3, NULL);
