INSERT INTO events VALUES (1, 'one');
INSERT INTO notes VALUES (1, 'the first');
INSERT INTO old_notes VALUES (NULL);
