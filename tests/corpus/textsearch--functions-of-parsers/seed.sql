INSERT INTO doc VALUES (1, 'some words');
