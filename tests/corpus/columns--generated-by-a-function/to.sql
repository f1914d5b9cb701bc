CREATE FUNCTION kept(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE TABLE made (
    id integer PRIMARY KEY,
    word text,
    retyped varchar(40) GENERATED ALWAYS AS (kept(word)) STORED,
    plain text,
    other bytea,
    last text
);
