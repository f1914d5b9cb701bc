CREATE TABLE parted (id integer NOT NULL, label text) PARTITION BY RANGE (id);
CREATE UNIQUE INDEX parted_twice ON parted (id) INCLUDE (id);
ALTER TABLE parted ADD UNIQUE (id, label) INCLUDE (label, id);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (100) TO (200);
