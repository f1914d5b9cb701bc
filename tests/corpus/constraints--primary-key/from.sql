CREATE TABLE t (id integer, other integer, CONSTRAINT t_pk PRIMARY KEY (id));
CREATE TABLE r (t_id integer REFERENCES t);
CREATE TABLE none (id integer);
