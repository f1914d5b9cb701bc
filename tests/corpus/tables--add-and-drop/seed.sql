INSERT INTO kept VALUES (1, 'one'), (2, 'two');
