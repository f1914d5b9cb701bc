CREATE TYPE mood AS ENUM ('c', 'a');
ALTER TYPE mood OWNER TO owner_a;
GRANT USAGE ON TYPE mood TO reader;
CREATE TABLE t (id integer PRIMARY KEY, m mood NOT NULL DEFAULT 'a', ms mood[], CHECK (m <> 'c'));
CREATE VIEW v AS SELECT m FROM t;
CREATE FUNCTION f(mood) RETURNS mood LANGUAGE sql AS 'SELECT $1';
CREATE INDEX i ON t (m) WHERE m = 'a';
