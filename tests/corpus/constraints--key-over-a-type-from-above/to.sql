CREATE TABLE parted (id integer NOT NULL, value varchar(40)) PARTITION BY LIST (id);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES IN (1);
ALTER TABLE parted_1 ADD CONSTRAINT parted_1_uq UNIQUE (value, id);
