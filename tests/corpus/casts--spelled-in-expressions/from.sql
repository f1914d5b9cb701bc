-- A server says the function of a cast is used, and spells the cast.
CREATE TYPE degree AS (d double precision);
CREATE FUNCTION degree_of(double precision) RETURNS degree LANGUAGE sql IMMUTABLE AS 'SELECT ROW($1)::degree';
CREATE CAST (double precision AS degree) WITH FUNCTION degree_of(double precision) AS ASSIGNMENT;
CREATE TABLE readings (id integer PRIMARY KEY, first degree DEFAULT 3.5::double precision::degree, second degree);
CREATE VIEW standard AS SELECT (4.5::double precision)::degree AS value;
