CREATE TYPE spot AS (y integer, x integer, z integer);
CREATE TYPE way AS (name text, spots spot[]);
CREATE TABLE ways (id integer PRIMARY KEY, spots spot[], ways way[], way way);
INSERT INTO ways VALUES
    (1, ARRAY[ROW(2, 1, NULL), NULL, ROW(4, 3, NULL)]::spot[], ARRAY[ROW('a', ARRAY[ROW(6, 5, NULL)]::spot[])]::way[], ROW('b', ARRAY[ROW(8, 7, NULL)]::spot[])),
    (2, '{}', NULL, NULL);
