CREATE TABLE t (id integer, a text, b text);
CREATE INDEX t_columns ON t (a);
CREATE INDEX t_unique ON t (id);
CREATE INDEX t_include ON t (a) INCLUDE (b);
CREATE INDEX t_clustered ON t (b);
CREATE UNIQUE INDEX t_nulls ON t (a, b);
