CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w;
CREATE SERVER s2 FOREIGN DATA WRAPPER w;
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE FOREIGN TABLE unchanged (a integer NOT NULL, b text OPTIONS (column_name 'x') COLLATE "C") SERVER s;
CREATE FOREIGN TABLE options (a integer OPTIONS (column_name 'a1', z '1'), b text) SERVER s
    OPTIONS (schema_name 'n', table_name 'it''s; "x"');
CREATE FOREIGN TABLE columns (a integer, gone text, m mood, d integer DEFAULT 1,
    CONSTRAINT positive CHECK (a > 0)) SERVER s OPTIONS (table_name 'c');
CREATE FOREIGN TABLE server_changes (a integer) SERVER s OPTIONS (table_name 'c');
CREATE VIEW over_server AS SELECT a FROM server_changes;
CREATE FOREIGN TABLE goes (a integer) SERVER s;
CREATE TABLE becomes_foreign (a integer);
CREATE TABLE parted (a integer, b text) PARTITION BY RANGE (a);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (10);
CREATE FOREIGN TABLE parted_2 PARTITION OF parted FOR VALUES FROM (10) TO (20) SERVER s OPTIONS (table_name 'p2');
CREATE FOREIGN TABLE parted_gone PARTITION OF parted FOR VALUES FROM (20) TO (30) SERVER s;
CREATE TABLE parent (id integer, note text);
CREATE FOREIGN TABLE child (more integer) INHERITS (parent) SERVER s;
CREATE TRIGGER watch BEFORE INSERT ON columns FOR EACH ROW EXECUTE FUNCTION f();
COMMENT ON FOREIGN TABLE options IS 'Before';
COMMENT ON COLUMN options.b IS 'Before';
COMMENT ON FOREIGN TABLE columns IS 'Stays';
GRANT SELECT ON options TO app;
GRANT SELECT (a) ON columns TO reader;
ALTER FOREIGN TABLE columns ALTER COLUMN a SET STATISTICS 10;
ALTER FOREIGN TABLE columns ALTER COLUMN a SET (n_distinct = 5);
ALTER FOREIGN TABLE parted_2 ALTER COLUMN b OPTIONS (ADD column_name 'bb');
