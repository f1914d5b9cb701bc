CREATE TYPE steps AS RANGE (subtype = integer);
CREATE TABLE t (id integer PRIMARY KEY, s steps);
