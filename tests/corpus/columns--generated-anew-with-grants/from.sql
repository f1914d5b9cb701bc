CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer GENERATED ALWAYS AS (a * 2) STORED, c integer);
GRANT SELECT (b), UPDATE (c) ON t TO app;
GRANT SELECT (c) ON t TO reader;
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE TABLE u (a integer, b integer GENERATED ALWAYS AS (f(a)) STORED);
GRANT SELECT (b) ON u TO app WITH GRANT OPTION;
