CREATE UNLOGGED TABLE t (id integer PRIMARY KEY, v text) WITH (autovacuum_enabled = false, fillfactor = 80);
CREATE TABLE u (id integer);
