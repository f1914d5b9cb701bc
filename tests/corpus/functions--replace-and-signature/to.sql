CREATE FUNCTION same(a integer) RETURNS integer LANGUAGE plpgsql STABLE STRICT SECURITY DEFINER COST 7 SET work_mem TO '4MB' AS 'BEGIN RETURN a + 1; -- ;
END';
CREATE FUNCTION changes(a integer, b text) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
CREATE FUNCTION changes(a integer, b text, c integer) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
CREATE FUNCTION renamed_argument(new_name integer DEFAULT 4) RETURNS integer LANGUAGE sql AS 'SELECT new_name';
GRANT EXECUTE ON FUNCTION changes(integer, text) TO app;
REVOKE EXECUTE ON FUNCTION changes(integer, text) FROM PUBLIC;
CREATE VIEW uses AS SELECT changes(1, 'x') AS c;
