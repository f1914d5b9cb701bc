INSERT INTO m VALUES (1, 'x', 2), (2, 'y', 4);
