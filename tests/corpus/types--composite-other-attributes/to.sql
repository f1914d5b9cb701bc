CREATE TYPE spot AS (x bigint, y integer, z integer);
CREATE TYPE shape AS (centre spot, name text);
CREATE TYPE plain AS (a integer, "B c" text);
CREATE TABLE shapes (id integer PRIMARY KEY, shape shape, spot spot, plain plain);
INSERT INTO shapes VALUES (1, ROW(ROW(1, 2, NULL), 'r'), ROW(3, 4, NULL), ROW(5, NULL)), (2, NULL, NULL, NULL);
