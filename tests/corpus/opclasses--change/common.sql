CREATE FUNCTION backwards(text, text) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT bttextcmp($2, $1)';
CREATE FUNCTION mixed(text, integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT bttextcmp($1, $2::text)';
CREATE FUNCTION shorter(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT length($1) < length($2)';
CREATE FUNCTION mixed_lt(text, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 < $2::text';
CREATE FUNCTION mixed_gt(text, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 > $2::text';
CREATE OPERATOR <<< (LEFTARG = text, RIGHTARG = text, FUNCTION = shorter);
CREATE OPERATOR <| (LEFTARG = text, RIGHTARG = integer, FUNCTION = mixed_lt);
CREATE OPERATOR |> (LEFTARG = text, RIGHTARG = integer, FUNCTION = mixed_gt);
CREATE TABLE t (id integer PRIMARY KEY, a text, b text, c text, d int4range, p point);
