CREATE FUNCTION tidy(value text) RETURNS varchar LANGUAGE sql IMMUTABLE AS 'SELECT upper(value)';
CREATE DOMAIN code AS text DEFAULT tidy('a') CONSTRAINT tidied CHECK (VALUE = tidy(VALUE)) CONSTRAINT short CHECK (length(VALUE) < 10);
COMMENT ON CONSTRAINT tidied ON DOMAIN code IS 'in capitals';
CREATE DOMAIN part AS text CONSTRAINT tidied CHECK (VALUE = tidy(VALUE));
CREATE DOMAIN over_part AS part;
CREATE TABLE orders (id integer PRIMARY KEY, code code, parts part[], best over_part);
CREATE VIEW codes AS SELECT code FROM orders;
INSERT INTO orders VALUES (1, 'D', '{A,B}', 'C'), (2, NULL, NULL, NULL);
