-- A table becomes a partition of a new one that has, until the table above drops it, a column too many.
CREATE SCHEMA data;
CREATE TABLE parted (id integer NOT NULL, gone text, kept text) PARTITION BY RANGE (id);
CREATE TABLE data.level PARTITION OF parted FOR VALUES FROM (0) TO (100) PARTITION BY LIST (id);
CREATE TABLE leaf PARTITION OF data.level DEFAULT;
