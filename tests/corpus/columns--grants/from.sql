CREATE TABLE t (id integer, secret text, name text);
GRANT SELECT (id, name) ON t TO reader;
GRANT INSERT (id) ON t TO app WITH GRANT OPTION;
