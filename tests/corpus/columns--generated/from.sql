CREATE TABLE t (a integer, b integer, c integer GENERATED ALWAYS AS (a + b) STORED, d integer);
CREATE VIEW v AS SELECT c FROM t;
CREATE INDEX t_c ON t (c);
