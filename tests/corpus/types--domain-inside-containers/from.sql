CREATE DOMAIN amount AS numeric(8,2);
CREATE DOMAIN code AS text;
ALTER DOMAIN code ADD CONSTRAINT short CHECK (length(VALUE) < 10) NOT VALID;
CREATE DOMAIN label AS text;
CREATE TYPE item AS (title text, price amount);
CREATE TYPE inner_pair AS (a integer);
CREATE TYPE outer_pair AS (first inner_pair, second text);
CREATE TABLE orders (id integer PRIMARY KEY, best item, codes code[], plain amount, pair outer_pair, name label);
INSERT INTO orders VALUES (1, '(x,2.5)', '{a,b}', 7, '("(1)",z)', 'n');
