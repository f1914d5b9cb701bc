CREATE TYPE pair AS (a integer, b text, c date);
CREATE TYPE fresh AS (p pair, ps pair[]);
COMMENT ON COLUMN fresh.p IS 'inner';
CREATE TABLE t (id integer);
CREATE FUNCTION f(pair) RETURNS integer LANGUAGE sql AS 'SELECT 1';
