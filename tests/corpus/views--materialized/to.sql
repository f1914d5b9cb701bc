CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE MATERIALIZED VIEW m WITH (fillfactor = 70) AS SELECT a, count(*) AS n, max(id) AS last FROM t GROUP BY a;
CREATE UNIQUE INDEX m_a ON m (a);
CREATE INDEX m_last ON m (last);
CREATE VIEW over AS SELECT n FROM m;
GRANT SELECT ON m TO reader;
COMMENT ON MATERIALIZED VIEW m IS 'counts';
