CREATE TYPE spot AS (x integer, y integer);
CREATE TYPE shape AS (name text, centre spot);
CREATE TYPE plain AS (a integer);
CREATE TABLE shapes (id integer PRIMARY KEY, shape shape, spot spot, plain plain);
INSERT INTO shapes VALUES (1, ROW('r', ROW(1, 2)), ROW(3, 4), ROW(5)), (2, NULL, NULL, NULL);
