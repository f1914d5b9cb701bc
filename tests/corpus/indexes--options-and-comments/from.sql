CREATE TABLE t (a integer NOT NULL, b integer);
CREATE UNIQUE INDEX i1 ON t (a);
CREATE INDEX i2 ON t (b) WITH (fillfactor = 50);
CREATE INDEX i3 ON t ((a + b));
ALTER TABLE t CLUSTER ON i2;
COMMENT ON INDEX i1 IS 'old';
