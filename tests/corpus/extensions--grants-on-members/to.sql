-- Extensions with members of every kind that has privileges. What the script granted is in pg_init_privs:
-- of pg_stat_statements its functions and views, of a table what it had when it became a member.
CREATE EXTENSION citext;
CREATE EXTENSION pg_stat_statements;
CREATE EXTENSION postgres_fdw;
CREATE TABLE kept (id integer PRIMARY KEY, name text, note text);
GRANT SELECT ON kept TO reader;
GRANT UPDATE (name) ON kept TO app;
CREATE SEQUENCE counter;
CREATE SCHEMA area;
CREATE PROCEDURE tidy(integer) LANGUAGE sql AS 'SELECT 1';
CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw;
CREATE VIEW shown AS SELECT 1 AS a;
CREATE DOMAIN small AS integer;
ALTER EXTENSION citext ADD TABLE kept;
ALTER EXTENSION citext ADD SEQUENCE counter;
ALTER EXTENSION citext ADD SCHEMA area;
ALTER EXTENSION citext ADD PROCEDURE tidy(integer);
ALTER EXTENSION citext ADD SERVER far;
ALTER EXTENSION citext ADD VIEW shown;
ALTER EXTENSION citext ADD DOMAIN small;
-- Columns before and after; what the script gave goes, what it did not give comes.
GRANT INSERT ON kept TO app;
REVOKE SELECT ON kept FROM reader;
GRANT SELECT (id), UPDATE (note) ON kept TO reader;
GRANT USAGE ON SEQUENCE counter TO app;
GRANT USAGE ON SCHEMA area TO app;
REVOKE EXECUTE ON PROCEDURE tidy(integer) FROM PUBLIC;
GRANT USAGE ON FOREIGN SERVER far TO app;
GRANT SELECT ON shown TO reader;
REVOKE USAGE ON TYPE small FROM PUBLIC;
REVOKE USAGE ON TYPE citext FROM PUBLIC;
GRANT USAGE ON FOREIGN DATA WRAPPER postgres_fdw TO app;
REVOKE EXECUTE ON FUNCTION citext_eq(citext, citext) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION min(citext) TO reader;
GRANT USAGE ON LANGUAGE plpgsql TO app;
