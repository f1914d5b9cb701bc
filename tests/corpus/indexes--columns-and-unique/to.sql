CREATE TABLE t (id integer, a text, b text);
CREATE INDEX t_columns ON t (b, a);
CREATE UNIQUE INDEX t_unique ON t (id);
CREATE INDEX t_include ON t (a) INCLUDE (b, id);
CREATE INDEX t_clustered ON t (b);
ALTER TABLE t CLUSTER ON t_clustered;
CREATE UNIQUE INDEX t_nulls ON t (a, b) WHERE a IS NOT NULL;
