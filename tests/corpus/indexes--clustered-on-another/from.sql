CREATE TABLE b (id integer PRIMARY KEY, w integer);
CREATE INDEX bic ON b (w);
ALTER TABLE b CLUSTER ON b_pkey;
CREATE TABLE c (id integer, w integer);
CREATE INDEX c_id ON c (id);
CREATE INDEX c_w ON c (w);
ALTER TABLE c CLUSTER ON c_id;
CREATE TABLE d (id integer PRIMARY KEY);
ALTER TABLE d CLUSTER ON d_pkey;
