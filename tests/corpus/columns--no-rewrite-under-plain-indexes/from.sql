CREATE TABLE t (id integer PRIMARY KEY, c text, v varchar(20), w varchar(10) UNIQUE);
CREATE INDEX of_v ON t (v);
CREATE INDEX beside ON t (id) INCLUDE (c);
