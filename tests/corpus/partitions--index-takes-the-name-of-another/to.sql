CREATE TABLE parted (id integer NOT NULL) PARTITION BY LIST (id);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES IN (1);
CREATE UNIQUE INDEX parted_b ON parted (id) WITH (fillfactor = 80);
