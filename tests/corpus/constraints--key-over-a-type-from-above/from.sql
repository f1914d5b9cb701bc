-- A key of a partition is over a column that the table above gives another type. In the mode for short
-- locks its index is built beforehand, but not before that.
CREATE TABLE parted (id integer NOT NULL, value xml) PARTITION BY LIST (id);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES IN (1);
