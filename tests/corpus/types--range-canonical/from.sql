CREATE TYPE steps;
CREATE FUNCTION whole(steps) RETURNS steps LANGUAGE internal IMMUTABLE STRICT AS 'int4range_canonical';
CREATE TYPE steps AS RANGE (subtype = integer, canonical = whole);
CREATE TABLE t (id integer PRIMARY KEY, s steps);
