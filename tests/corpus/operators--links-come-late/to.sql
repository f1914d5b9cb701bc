CREATE FUNCTION eq(integer, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1::text = $2';
CREATE FUNCTION eq(text, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 = $2::text';
CREATE FUNCTION ne(integer, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1::text <> $2';
CREATE OPERATOR === (LEFTARG = integer, RIGHTARG = text, FUNCTION = eq, COMMUTATOR = ===, NEGATOR = !==, HASHES, MERGES, RESTRICT = eqsel, JOIN = eqjoinsel);
CREATE OPERATOR === (LEFTARG = text, RIGHTARG = integer, FUNCTION = eq, COMMUTATOR = ===);
CREATE OPERATOR !== (LEFTARG = integer, RIGHTARG = text, FUNCTION = ne, NEGATOR = ===);
CREATE VIEW v AS SELECT 1 === '1'::text AS same;
