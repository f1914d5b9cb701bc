CREATE TABLE b (id integer PRIMARY KEY, w integer);
CREATE INDEX bic ON b (w);
ALTER TABLE b CLUSTER ON bic;
CREATE TABLE c (id integer, w integer);
CREATE INDEX c_id ON c (id);
CREATE INDEX c_w ON c (w);
ALTER TABLE c CLUSTER ON c_w;
CREATE TABLE d (id integer PRIMARY KEY);
