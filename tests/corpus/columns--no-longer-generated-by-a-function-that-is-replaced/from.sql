CREATE FUNCTION double(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 2';
CREATE TABLE orders (id integer, twice integer GENERATED ALWAYS AS (double(id)) STORED);
