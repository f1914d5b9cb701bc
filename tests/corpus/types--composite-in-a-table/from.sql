CREATE TYPE pair AS (a integer, b text);
CREATE TABLE t (id integer PRIMARY KEY, p pair, ps pair[]);
CREATE VIEW v AS SELECT (p).a FROM t;
