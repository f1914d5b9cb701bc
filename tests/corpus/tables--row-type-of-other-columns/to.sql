CREATE TABLE above (id bigint);
CREATE TABLE item (qty integer, flag boolean DEFAULT true NOT NULL, twice integer GENERATED ALWAYS AS (qty * 2) STORED) INHERITS (above);
CREATE TYPE entry AS (i item, note text);
CREATE TABLE hist (id integer PRIMARY KEY, it item, its item[], e entry);
CREATE TABLE come (id integer, it item);
CREATE TABLE other (id integer PRIMARY KEY, became text, was item, named item, fresh item);
INSERT INTO item VALUES (1, 2, true);
INSERT INTO hist VALUES (1, ROW(1, 2, NULL, NULL), ARRAY[ROW(2, 3, NULL, NULL), NULL]::item[], ROW(ROW(3, 4, NULL, NULL), 'n')), (2, NULL, '{}', NULL), (3, ROW(NULL, NULL, NULL, NULL), NULL, ROW(NULL, NULL));
INSERT INTO other VALUES (1, NULL, NULL, NULL, NULL);
