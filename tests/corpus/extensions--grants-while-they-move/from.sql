-- The names of members follow their extension; an older version comes by a new extension.
CREATE SCHEMA ext;
CREATE EXTENSION hstore VERSION '1.7';
GRANT EXECUTE ON FUNCTION akeys(hstore) TO app;
REVOKE EXECUTE ON FUNCTION avals(hstore) FROM PUBLIC;
CREATE EXTENSION pg_trgm;
REVOKE EXECUTE ON FUNCTION similarity(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION show_trgm(text) TO app;
CREATE TABLE t (id integer PRIMARY KEY);
