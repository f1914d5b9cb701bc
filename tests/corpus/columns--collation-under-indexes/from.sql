CREATE TABLE t (id integer PRIMARY KEY, c text UNIQUE, d text, n integer);
CREATE INDEX of_d ON t (n, d);
CREATE INDEX of_n ON t (n);
CREATE TABLE p (id integer NOT NULL, c text) PARTITION BY RANGE (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
CREATE INDEX of_p1 ON p1 (c);
