CREATE FUNCTION add(bigint, integer) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT $1 + coalesce($2, 0)';
CREATE AGGREGATE total(integer) (SFUNC = add, STYPE = bigint, INITCOND = '5', PARALLEL = safe);
CREATE PROCEDURE p(a integer, INOUT b text DEFAULT 'x') LANGUAGE plpgsql AS 'BEGIN b := ''y''; END';
CREATE VIEW v AS SELECT total(x) AS total FROM generate_series(1, 3) x;
COMMENT ON AGGREGATE total(integer) IS 'sum from five';
GRANT EXECUTE ON PROCEDURE p(integer, text) TO app;
