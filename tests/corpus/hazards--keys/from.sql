CREATE TABLE other (id integer PRIMARY KEY);
CREATE TABLE t (id integer PRIMARY KEY, f integer REFERENCES other, u integer CONSTRAINT t_u UNIQUE, c integer NOT NULL CHECK (c > 0), x integer);
CREATE UNIQUE INDEX t_x ON t (x);
CREATE INDEX t_c ON t (c);
CREATE VIEW v AS SELECT x FROM t;
