CREATE TABLE t (id integer PRIMARY KEY, c varchar(20), n numeric(10, 2));
CREATE INDEX lower_c ON t (lower(c));
CREATE INDEX of_some ON t (id) WHERE n > 0;
