CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w;
CREATE SERVER s2 FOREIGN DATA WRAPPER w;
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TYPE mood AS ENUM ('ok', 'happy');
CREATE FOREIGN TABLE unchanged (a integer NOT NULL, b text OPTIONS (column_name 'x') COLLATE "C") SERVER s;
CREATE FOREIGN TABLE options (a integer OPTIONS (column_name 'a2', y '1'), b text OPTIONS (column_name 'it''s')) SERVER s
    OPTIONS (table_name 'other', extra '1');
CREATE FOREIGN TABLE columns (a bigint NOT NULL, m mood, d text DEFAULT 'x', added timestamptz OPTIONS (column_name 'n'),
    CONSTRAINT positive CHECK (a > 1)) SERVER s OPTIONS (table_name 'c');
CREATE FOREIGN TABLE server_changes (a integer) SERVER s2 OPTIONS (table_name 'c');
CREATE VIEW over_server AS SELECT a FROM server_changes;
CREATE FOREIGN TABLE "Added; one" (a integer OPTIONS (column_name 'x') NOT NULL, b varchar(10) OPTIONS (z 'q') COLLATE "C" DEFAULT 'b',
    CONSTRAINT c CHECK (a > 0)) SERVER s2;
CREATE FOREIGN TABLE becomes_foreign (a integer) SERVER s OPTIONS (table_name 'bf');
CREATE TABLE parted (a integer, b text) PARTITION BY RANGE (a);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (10);
CREATE FOREIGN TABLE parted_2 PARTITION OF parted FOR VALUES FROM (10) TO (20) SERVER s OPTIONS (table_name 'p22');
CREATE FOREIGN TABLE parted_3 PARTITION OF parted (b NOT NULL) FOR VALUES FROM (30) TO (40) SERVER s2 OPTIONS (table_name 'p3');
CREATE TABLE parent (id integer, note text);
CREATE FOREIGN TABLE child (more integer, and_more text) INHERITS (parent) SERVER s;
CREATE TRIGGER watch BEFORE INSERT ON columns FOR EACH ROW EXECUTE FUNCTION f();
ALTER FOREIGN TABLE columns DISABLE TRIGGER watch;
COMMENT ON FOREIGN TABLE options IS 'After';
COMMENT ON COLUMN options.b IS 'After';
COMMENT ON FOREIGN TABLE columns IS 'Stays';
GRANT SELECT, INSERT ON options TO app;
GRANT UPDATE (a) ON columns TO reader;
ALTER FOREIGN TABLE options OWNER TO owner_a;
ALTER FOREIGN TABLE columns ALTER COLUMN a SET STATISTICS 20;
ALTER FOREIGN TABLE parted_2 ALTER COLUMN b OPTIONS (ADD column_name 'changed');
ALTER FOREIGN TABLE parted_3 ALTER COLUMN b OPTIONS (ADD column_name 'b3');
