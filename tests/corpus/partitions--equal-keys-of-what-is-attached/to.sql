CREATE TABLE parted (id integer NOT NULL, label text) PARTITION BY LIST (id);
ALTER TABLE parted ADD CONSTRAINT parted_pkey PRIMARY KEY (id);
ALTER TABLE parted ADD CONSTRAINT parted_uq UNIQUE (id);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES IN (1);
