INSERT INTO accounts VALUES (1, 'one'), (2, 'two');
