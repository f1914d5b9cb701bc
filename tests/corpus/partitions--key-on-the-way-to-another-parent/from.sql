-- A partitioned table gets the key of its new parent while it has none. The key would take an equal one
-- of a partition that is to go.
CREATE SCHEMA data;
CREATE TABLE data.parted (id integer NOT NULL, label text) PARTITION BY LIST (id);
CREATE TABLE level PARTITION OF data.parted FOR VALUES IN (2, 3) PARTITION BY LIST (id);
CREATE TABLE leaf PARTITION OF level DEFAULT;
ALTER TABLE leaf ADD CONSTRAINT leaf_uq UNIQUE (id);
