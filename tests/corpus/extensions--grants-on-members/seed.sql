INSERT INTO kept VALUES (1, 'one', 'a');
