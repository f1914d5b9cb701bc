CREATE TYPE pair AS (a integer, b text);
CREATE TYPE unused AS (x integer);
CREATE TABLE t (id integer);
CREATE FUNCTION f(pair) RETURNS integer LANGUAGE sql AS 'SELECT 1';
