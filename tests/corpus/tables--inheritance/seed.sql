INSERT INTO base VALUES (1, 'a');
INSERT INTO child (id, note, own) VALUES (2, 'b', '2024-01-02');
INSERT INTO loose (id, note, more) VALUES (3, 'c', 'm');
