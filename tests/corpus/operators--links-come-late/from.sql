CREATE FUNCTION eq(integer, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1::text = $2';
CREATE FUNCTION eq(text, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 = $2::text';
CREATE FUNCTION ne(integer, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1::text <> $2';
CREATE OPERATOR === (LEFTARG = integer, RIGHTARG = text, FUNCTION = eq);
CREATE OPERATOR === (LEFTARG = text, RIGHTARG = integer, FUNCTION = eq);
CREATE OPERATOR !== (LEFTARG = integer, RIGHTARG = text, FUNCTION = ne);
CREATE VIEW v AS SELECT 1 === '1'::text AS same;
