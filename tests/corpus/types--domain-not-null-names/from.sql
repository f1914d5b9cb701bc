CREATE DOMAIN d AS integer NOT NULL;
CREATE DOMAIN fresh AS integer;
CREATE DOMAIN named AS text CONSTRAINT before NOT NULL;
CREATE TABLE t (id integer, n named);
