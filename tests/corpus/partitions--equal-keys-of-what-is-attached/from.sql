-- A table that becomes a partition has two keys over one column: the primary key is to be part of the
-- primary key.
CREATE TABLE parted (id integer NOT NULL, label text) PARTITION BY LIST (id);
ALTER TABLE parted ADD CONSTRAINT parted_pkey PRIMARY KEY (id);
ALTER TABLE parted ADD CONSTRAINT parted_uq UNIQUE (id);
CREATE TABLE parted_1 (id integer NOT NULL, label text);
