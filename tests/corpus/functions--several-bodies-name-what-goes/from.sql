CREATE TABLE orders (id integer, total integer);
CREATE FUNCTION first_order() RETURNS integer LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT min(id) FROM orders); END';
CREATE FUNCTION all_orders() RETURNS integer LANGUAGE sql AS 'SELECT sum(total)::integer FROM orders';
CREATE PROCEDURE forget() LANGUAGE plpgsql AS 'BEGIN DELETE FROM orders; END';
