-- Before 15 a generated column hangs on the function in its expression: it can have no other type, and
-- goes with the function even if it is no longer generated.
CREATE FUNCTION kept(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE FUNCTION gone(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE TABLE made (
    id integer PRIMARY KEY,
    word text,
    retyped varchar(20) GENERATED ALWAYS AS (kept(word)) STORED,
    plain text GENERATED ALWAYS AS (kept(word)) STORED,
    other varchar(20) GENERATED ALWAYS AS (kept(word)) STORED,
    last text GENERATED ALWAYS AS (gone(word)) STORED
);
