CREATE TABLE old_name (id integer PRIMARY KEY, a text, kept integer);
CREATE TABLE t (id integer, was integer);
CREATE VIEW v AS SELECT was FROM t;
