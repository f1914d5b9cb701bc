-- The keys of partitions are attached to an index. Where that goes they go with it, and are added again.
CREATE TABLE parted (id integer NOT NULL, label text) PARTITION BY LIST (id);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES IN (1);
CREATE TABLE parted_2 PARTITION OF parted FOR VALUES IN (2) PARTITION BY LIST (id);
CREATE TABLE parted_2_rest PARTITION OF parted_2 DEFAULT;
ALTER TABLE parted_1 ADD CONSTRAINT parted_1_uq UNIQUE (id);
ALTER TABLE parted_2_rest ADD CONSTRAINT parted_2_rest_key PRIMARY KEY (id);
CREATE UNIQUE INDEX parted_id ON parted (id);
CREATE TABLE pointing (id integer REFERENCES parted_1 (id));
