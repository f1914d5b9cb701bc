CREATE TABLE p (a bigint CONSTRAINT a_is_there NOT NULL, b bigint NOT NULL, c integer) PARTITION BY RANGE (c);
-- Its names are its own.
CREATE TABLE p1 (a bigint CONSTRAINT p1_a NOT NULL, b bigint CONSTRAINT p1_b NOT NULL, c integer);
ALTER TABLE p ATTACH PARTITION p1 FOR VALUES FROM (0) TO (10);
-- Those of this one came before the parent's, so they are its own constraints, too.
CREATE TABLE q (a bigint, c integer) PARTITION BY RANGE (c);
CREATE TABLE q1 (a bigint CONSTRAINT q1_a NOT NULL, c integer) PARTITION BY RANGE (c);
CREATE TABLE q11 PARTITION OF q1 FOR VALUES FROM (0) TO (5);
ALTER TABLE q ATTACH PARTITION q1 FOR VALUES FROM (0) TO (10);
ALTER TABLE q ALTER a SET NOT NULL;
