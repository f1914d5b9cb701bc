CREATE TYPE spot AS (x integer, y integer);
CREATE TYPE way AS (name text, spots spot[]);
CREATE TABLE ways (id integer PRIMARY KEY, spots spot[], ways way[], way way);
INSERT INTO ways VALUES
    (1, ARRAY[ROW(1, 2), NULL, ROW(3, 4)]::spot[], ARRAY[ROW('a', ARRAY[ROW(5, 6)]::spot[])]::way[], ROW('b', ARRAY[ROW(7, 8)]::spot[])),
    (2, '{}', NULL, NULL);
