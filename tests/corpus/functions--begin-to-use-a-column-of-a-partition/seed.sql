INSERT INTO parts VALUES (-1, '2026-01-02', 'a');
