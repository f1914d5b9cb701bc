CREATE TABLE item (id integer, qty integer);
CREATE TABLE hist (id integer PRIMARY KEY, it item);
CREATE VIEW shown AS SELECT id, qty FROM item;
CREATE TABLE shown_hist (id integer PRIMARY KEY, row shown);
INSERT INTO item VALUES (1, 2);
INSERT INTO hist VALUES (1, ROW(1, 2));
INSERT INTO shown_hist VALUES (1, ROW(1, 2));
