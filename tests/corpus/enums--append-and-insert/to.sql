CREATE TYPE mood AS ENUM ('first', 'a', 'b', 'c', 'it''s "last"');
CREATE TABLE t (id integer PRIMARY KEY, m mood DEFAULT 'b', n mood[] DEFAULT '{first,b}');
CREATE VIEW v AS SELECT id FROM t WHERE m = 'b';
CREATE INDEX i ON t (id) WHERE m = 'b';
COMMENT ON TYPE mood IS 'mood';
