CREATE TYPE degree AS (d numeric);
CREATE FUNCTION degree_of(numeric) RETURNS degree LANGUAGE sql IMMUTABLE AS 'SELECT ROW($1)::degree';
CREATE CAST (numeric AS degree) WITH FUNCTION degree_of(numeric) AS IMPLICIT;
CREATE TABLE readings (
    id integer PRIMARY KEY, first degree DEFAULT 3.5::numeric::degree, second degree,
    CHECK (second IS DISTINCT FROM 9.5::numeric::degree)
);
CREATE VIEW standard AS SELECT (4.5::numeric)::degree AS value;
