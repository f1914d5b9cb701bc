CREATE FUNCTION double(integer) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 2::bigint';
CREATE TABLE orders (id integer, twice integer);
