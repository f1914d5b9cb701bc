CREATE FUNCTION ticket() RETURNS integer LANGUAGE plpgsql AS 'BEGIN RETURN 7; END';
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE DOMAIN small AS positive;
CREATE TABLE by_function (id integer, n integer DEFAULT ticket());
CREATE TABLE by_domain (id integer, n small);
