CREATE TABLE t (id integer PRIMARY KEY, c text COLLATE "C", v varchar(40), w text UNIQUE);
CREATE INDEX of_v ON t (v);
CREATE INDEX beside ON t (id) INCLUDE (c);
