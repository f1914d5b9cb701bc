CREATE TYPE price AS (id integer, amount numeric(10, 2));
CREATE TABLE prices OF price;
