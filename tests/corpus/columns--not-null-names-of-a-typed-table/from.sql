CREATE TYPE shape AS (a integer, b integer, c integer);
CREATE TABLE t OF shape (a CONSTRAINT one NOT NULL, b CONSTRAINT other NOT NULL, c NOT NULL);
