INSERT INTO job VALUES (1, 'new', '1'), (11, 'done', '2');
INSERT INTO base VALUES (1, 'new');
INSERT INTO child VALUES (2, 'done', 'x');
