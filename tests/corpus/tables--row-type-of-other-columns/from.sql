CREATE TABLE above (id integer);
CREATE TABLE item (qty integer) INHERITS (above);
CREATE TYPE entry AS (i item, note text);
CREATE TABLE hist (id integer PRIMARY KEY, it item, its item[], e entry);
CREATE TABLE away (id integer, it item);
CREATE TABLE other (id integer PRIMARY KEY, became item, was item, named text);
INSERT INTO item VALUES (1, 2);
INSERT INTO hist VALUES (1, ROW(1, 2), ARRAY[ROW(2, 3), NULL]::item[], ROW(ROW(3, 4), 'n')), (2, NULL, '{}', NULL), (3, ROW(NULL, NULL), NULL, ROW(NULL, NULL));
INSERT INTO other VALUES (1, NULL, NULL, NULL);
