CREATE TABLE new_name (id integer, a text, kept integer, CONSTRAINT old_name_pkey PRIMARY KEY (id));
CREATE TABLE t (id integer, became integer);
CREATE VIEW v AS SELECT became AS was FROM t;
