CREATE SCHEMA ext;
CREATE EXTENSION hstore VERSION '1.8';
CREATE EXTENSION pg_trgm SCHEMA ext;
COMMENT ON EXTENSION pg_trgm IS 'Alike words';
CREATE EXTENSION "uuid-ossp" SCHEMA ext;
CREATE TABLE t (id integer PRIMARY KEY, tags hstore DEFAULT 'a=>1', name text);
CREATE INDEX t_name ON t USING gin (name ext.gin_trgm_ops);
