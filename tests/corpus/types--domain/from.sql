CREATE DOMAIN positive AS integer DEFAULT 1 CONSTRAINT c1 CHECK (VALUE > 0);
CREATE DOMAIN label AS varchar(10);
CREATE TABLE t (id integer PRIMARY KEY, p positive, l label);
CREATE VIEW v AS SELECT p FROM t;
