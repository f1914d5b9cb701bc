CREATE TABLE t (a integer NOT NULL, b integer, c text NOT NULL DEFAULT 'x');
CREATE VIEW v AS SELECT b FROM t;
