CREATE FUNCTION f(t text) RETURNS varchar LANGUAGE sql IMMUTABLE AS 'SELECT upper(t)';
CREATE DOMAIN shout AS text DEFAULT f('none') CONSTRAINT loud CHECK (VALUE = f(VALUE)) CONSTRAINT short CHECK (length(VALUE) < 9);
COMMENT ON CONSTRAINT loud ON DOMAIN shout IS 'Nobody whispers';
CREATE TABLE o (id integer PRIMARY KEY, d shout NOT NULL);
