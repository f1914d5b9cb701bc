CREATE TABLE t (id integer, stored integer GENERATED ALWAYS AS (id * 2) VIRTUAL, made integer GENERATED ALWAYS AS (id * 4) VIRTUAL);
CREATE VIEW v AS SELECT made FROM t;
