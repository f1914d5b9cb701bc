-- A new table between has the checks of the table above, and what becomes its partition must have them
-- before.
CREATE SCHEMA data;
CREATE FUNCTION positive(integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 > 0';
CREATE TABLE parted (id integer NOT NULL, label text, CHECK (positive(id))) PARTITION BY LIST (id);
CREATE TABLE data.level PARTITION OF parted FOR VALUES IN (1, 2) PARTITION BY LIST (id);
CREATE TABLE leaf PARTITION OF data.level DEFAULT;
