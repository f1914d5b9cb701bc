CREATE FUNCTION add(bigint, integer) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2';
CREATE AGGREGATE total(integer) (SFUNC = add, STYPE = bigint, INITCOND = '0');
CREATE AGGREGATE gone(integer) (SFUNC = int4larger, STYPE = integer);
CREATE PROCEDURE p(a integer) LANGUAGE plpgsql AS 'BEGIN END';
CREATE VIEW v AS SELECT total(x) AS total FROM generate_series(1, 3) x;
COMMENT ON AGGREGATE total(integer) IS 'sum';
