INSERT INTO doc VALUES (1, 'The quick brown foxes'), (2, NULL);
