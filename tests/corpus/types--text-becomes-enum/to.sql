CREATE TYPE door AS ENUM ('open', 'shut');
CREATE TABLE t (id integer PRIMARY KEY, state door NOT NULL DEFAULT 'open');
CREATE VIEW v AS SELECT id, state FROM t WHERE state = 'open';
CREATE INDEX i ON t (state) WHERE state <> 'shut';
