INSERT INTO parted VALUES (1, 'a'), (2, 'b'); INSERT INTO pointing VALUES (1);
