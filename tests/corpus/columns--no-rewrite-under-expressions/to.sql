CREATE TABLE t (id integer PRIMARY KEY, c varchar(40), n numeric(12, 2));
CREATE INDEX lower_c ON t (lower(c));
CREATE INDEX of_some ON t (id) WHERE n > 0;
