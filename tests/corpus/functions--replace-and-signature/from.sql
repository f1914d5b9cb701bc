CREATE FUNCTION same(a integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT a';
CREATE FUNCTION changes(a integer, b text) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION renamed_argument(old_name integer) RETURNS integer LANGUAGE sql AS 'SELECT old_name';
CREATE FUNCTION gone() RETURNS void LANGUAGE sql AS '';
GRANT EXECUTE ON FUNCTION changes(integer, text) TO app;
REVOKE EXECUTE ON FUNCTION changes(integer, text) FROM PUBLIC;
CREATE VIEW uses AS SELECT changes(1, 'x') AS c;
