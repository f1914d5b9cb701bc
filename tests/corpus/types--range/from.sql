CREATE TYPE span AS RANGE (subtype = numeric);
CREATE TABLE t (id integer, s span);
