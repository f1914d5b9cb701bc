INSERT INTO becomes_typed VALUES (1, 'n');
INSERT INTO becomes_plain VALUES (1, 'n');
INSERT INTO changes VALUES (1, 'n');
INSERT INTO options VALUES (1, 'n');
