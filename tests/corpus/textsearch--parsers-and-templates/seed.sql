INSERT INTO doc VALUES ('The quick brown foxes');
