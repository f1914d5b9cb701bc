CREATE TABLE t (a integer, b integer, c integer GENERATED ALWAYS AS (a * b) STORED, d integer GENERATED ALWAYS AS (a + 1) STORED, e boolean GENERATED ALWAYS AS (a > b) STORED);
CREATE VIEW v AS SELECT c FROM t;
CREATE INDEX t_c ON t (c);
