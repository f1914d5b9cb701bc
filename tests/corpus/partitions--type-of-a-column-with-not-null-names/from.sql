CREATE TABLE p (a integer CONSTRAINT a_is_there NOT NULL, b integer NOT NULL, c integer) PARTITION BY RANGE (c);
-- Its names are its own.
CREATE TABLE p1 (a integer CONSTRAINT p1_a NOT NULL, b integer CONSTRAINT p1_b NOT NULL, c integer);
ALTER TABLE p ATTACH PARTITION p1 FOR VALUES FROM (0) TO (10);
-- Those of this one came before the parent's, so they are its own constraints, too.
CREATE TABLE q (a integer, c integer) PARTITION BY RANGE (c);
CREATE TABLE q1 (a integer CONSTRAINT q1_a NOT NULL, c integer) PARTITION BY RANGE (c);
CREATE TABLE q11 PARTITION OF q1 FOR VALUES FROM (0) TO (5);
ALTER TABLE q ATTACH PARTITION q1 FOR VALUES FROM (0) TO (10);
ALTER TABLE q ALTER a SET NOT NULL;
