INSERT INTO m VALUES (1, 'x', 'b'), (2, 'y', 'b');
