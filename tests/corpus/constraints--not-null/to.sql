CREATE TABLE t (a integer, b integer NOT NULL, c text NOT NULL);
CREATE VIEW v AS SELECT b FROM t;
