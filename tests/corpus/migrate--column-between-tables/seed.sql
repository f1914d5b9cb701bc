INSERT INTO person VALUES (1, 'A', 'B', 'C');
