-- A partition's index of two gets the name that the other one has, which goes with that above it.
CREATE TABLE parted (id integer NOT NULL) PARTITION BY LIST (id);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES IN (1);
CREATE INDEX parted_a ON parted USING brin (id);
CREATE UNIQUE INDEX parted_b ON parted (id) WITH (fillfactor = 80);
CREATE TABLE keyed (id integer NOT NULL) PARTITION BY LIST (id);
CREATE TABLE keyed_1 PARTITION OF keyed FOR VALUES IN (1);
ALTER TABLE keyed ADD CONSTRAINT keyed_a UNIQUE (id);
ALTER TABLE keyed ADD CONSTRAINT keyed_b UNIQUE (id) DEFERRABLE;
