INSERT INTO plain VALUES (1, 'a'); INSERT INTO parts VALUES (1, 'a'), (-1, 'b');
