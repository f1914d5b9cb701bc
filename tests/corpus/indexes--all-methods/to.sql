CREATE TABLE t (a integer, b text, d jsonb, r int4range, i inet);
CREATE INDEX i1 ON t (a DESC NULLS LAST) INCLUDE (b) WITH (fillfactor = 50);
CREATE INDEX i2 ON t USING brin (a) WITH (pages_per_range = 8);
CREATE INDEX i3 ON t USING gin (d jsonb_path_ops) WITH (fastupdate = off);
CREATE INDEX i4 ON t USING gist (r) WHERE a > 0;
CREATE INDEX i5 ON t USING spgist (i inet_ops);
CREATE UNIQUE INDEX i6 ON t (lower(b), b COLLATE "C" text_pattern_ops) NULLS NOT DISTINCT;
COMMENT ON INDEX i6 IS 'six';
