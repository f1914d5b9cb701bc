CREATE TABLE t (id integer, stored integer GENERATED ALWAYS AS (id * 2) STORED, made integer GENERATED ALWAYS AS (id * 3) VIRTUAL);
CREATE VIEW v AS SELECT made FROM t;
