-- A column that an index has twice stands in the names of the partitions' indexes with a number.
CREATE TABLE parted (id integer NOT NULL, label text) PARTITION BY RANGE (id);
CREATE UNIQUE INDEX parted_twice ON parted (id) INCLUDE (id);
ALTER TABLE parted ADD UNIQUE (id, label) INCLUDE (label, id);
CREATE TABLE parted_0 PARTITION OF parted FOR VALUES FROM (0) TO (100);
