-- What lies on a table of an extension cannot be told from what its script put there: it is left alone,
-- and named among what is not compared.
CREATE EXTENSION citext;
CREATE TABLE base (id integer PRIMARY KEY, n integer CHECK (n > 0), UNIQUE (n, id));
CREATE TABLE other (id integer REFERENCES base, name citext);
CREATE FUNCTION fires() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
ALTER EXTENSION citext ADD TABLE base;
