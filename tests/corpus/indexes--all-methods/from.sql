CREATE TABLE t (a integer, b text, d jsonb, r int4range, i inet);
CREATE INDEX i1 ON t (a);
CREATE INDEX i2 ON t USING hash (a);
CREATE INDEX i3 ON t USING gin (d);
