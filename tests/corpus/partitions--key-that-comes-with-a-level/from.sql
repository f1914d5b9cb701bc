-- A new table between has the primary key as soon as it is there, and what becomes its partition gets
-- it at once. A unique key over the same column comes later.
CREATE SCHEMA data;
CREATE TABLE parted (id integer NOT NULL, label text, PRIMARY KEY (id)) PARTITION BY RANGE (id);
CREATE TABLE data.level PARTITION OF parted FOR VALUES FROM (0) TO (100) PARTITION BY LIST (id);
CREATE TABLE leaf PARTITION OF data.level DEFAULT;
ALTER TABLE data.level ADD CONSTRAINT level_uq UNIQUE (id);
