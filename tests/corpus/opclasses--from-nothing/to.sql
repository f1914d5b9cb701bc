CREATE FUNCTION backwards(text, text) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT bttextcmp($2, $1)';
CREATE FUNCTION mixed(text, integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT bttextcmp($1, $2::text)';
CREATE FUNCTION shorter(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT length($1) < length($2)';
CREATE FUNCTION mixed_lt(text, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 < $2::text';
CREATE FUNCTION mixed_gt(text, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 > $2::text';
CREATE OPERATOR <<< (LEFTARG = text, RIGHTARG = text, FUNCTION = shorter);
CREATE OPERATOR <| (LEFTARG = text, RIGHTARG = integer, FUNCTION = mixed_lt);
CREATE OPERATOR |> (LEFTARG = text, RIGHTARG = integer, FUNCTION = mixed_gt);
CREATE TABLE t (id integer PRIMARY KEY, a text, b text, c text, d int4range, p point);
CREATE OPERATOR CLASS reversed FOR TYPE text USING btree AS
    OPERATOR 1 >, OPERATOR 2 >=, OPERATOR 3 =, OPERATOR 4 <=, OPERATOR 5 <,
    FUNCTION 1 backwards(text, text);
CREATE OPERATOR CLASS growing FOR TYPE text USING btree AS
    OPERATOR 1 >, OPERATOR 3 =, OPERATOR 5 <,
    FUNCTION 1 backwards(text, text);
CREATE OPERATOR CLASS recompared FOR TYPE text USING btree AS
    OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
    FUNCTION 1 bttextcmp(text, text);
COMMENT ON OPERATOR CLASS reversed USING btree IS 'The other way round';
CREATE OPERATOR FAMILY many USING btree;
ALTER OPERATOR FAMILY many USING btree ADD
    OPERATOR 1 <| (text, integer),
    FUNCTION 1 (text, integer) mixed(text, integer);
CREATE OPERATOR FAMILY lost USING hash;
COMMENT ON OPERATOR FAMILY many USING btree IS 'Many types';
CREATE OPERATOR CLASS boxed FOR TYPE point USING gist AS
    OPERATOR 11 |>> (point, point), OPERATOR 15 <-> (point, point) FOR ORDER BY pg_catalog.float_ops,
    FUNCTION 1 gist_point_consistent(internal, point, smallint, oid, internal),
    FUNCTION 2 gist_box_union(internal, internal),
    FUNCTION 3 gist_point_compress(internal),
    FUNCTION 5 gist_box_penalty(internal, internal, internal),
    FUNCTION 6 gist_box_picksplit(internal, internal),
    FUNCTION 7 gist_box_same(box, box, internal),
    FUNCTION 8 (point, point) gist_point_distance(internal, point, smallint, oid, internal),
    STORAGE box;
CREATE INDEX t_a ON t (a reversed);
CREATE INDEX t_b ON t (b growing);
CREATE INDEX t_c ON t (c recompared, a);
CREATE INDEX t_p ON t USING gist (p boxed);
