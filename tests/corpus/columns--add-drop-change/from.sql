CREATE TABLE t (id integer PRIMARY KEY, gone text, name varchar(10), amount integer, flag boolean);
