CREATE TABLE t (id integer, secret text, name text, added text);
GRANT SELECT (id, added) ON t TO reader;
GRANT UPDATE (name), INSERT (id) ON t TO app;
GRANT SELECT ON t TO auditor;
