CREATE TYPE shape AS (a integer, b integer, c integer);
CREATE TABLE t OF shape (a CONSTRAINT another NOT NULL, b NOT NULL, c CONSTRAINT own NOT NULL);
