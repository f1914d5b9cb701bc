CREATE SCHEMA ext;
CREATE EXTENSION hstore VERSION '1.7';
CREATE EXTENSION pg_trgm;
CREATE EXTENSION citext;
CREATE TABLE t (id integer PRIMARY KEY, tags hstore DEFAULT 'a=>1', name text);
CREATE INDEX t_name ON t USING gin (name gin_trgm_ops);
