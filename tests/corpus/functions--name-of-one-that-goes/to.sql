CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TYPE mood2 AS ENUM ('sad', 'ok', 'glad');
CREATE TABLE t (id integer PRIMARY KEY, m mood2 DEFAULT 'ok');
CREATE VIEW v AS SELECT id, m FROM t;
CREATE FUNCTION f(t) RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$;
CREATE PROCEDURE p(integer, text) LANGUAGE sql AS $$ SELECT 1 $$;
