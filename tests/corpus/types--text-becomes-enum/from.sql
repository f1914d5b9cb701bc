CREATE TABLE t (id integer PRIMARY KEY, state text NOT NULL DEFAULT 'open', CHECK (state IN ('open', 'shut')));
CREATE VIEW v AS SELECT id, state FROM t WHERE state = 'open';
CREATE INDEX i ON t (state) WHERE state <> 'shut';
