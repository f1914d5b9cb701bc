CREATE TABLE t (id integer NOT NULL, other integer NOT NULL, CONSTRAINT t_pk PRIMARY KEY (other), CONSTRAINT t_id_unique UNIQUE (id));
CREATE TABLE r (t_id integer REFERENCES t (id));
CREATE TABLE none (id integer CONSTRAINT named PRIMARY KEY);
