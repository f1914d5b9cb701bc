INSERT INTO p (id, kind, v) VALUES (1, 'a', 5), (2, 'b', 6);
