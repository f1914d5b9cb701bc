\ir common.sql
CREATE OPERATOR FAMILY texts USING btree;
CREATE OPERATOR CLASS reversed FOR TYPE text USING btree FAMILY texts AS
    OPERATOR 1 >, OPERATOR 2 >=, OPERATOR 3 =, OPERATOR 4 <=, OPERATOR 5 <,
    FUNCTION 1 backwards(text, text);
COMMENT ON OPERATOR CLASS reversed USING btree IS 'Backwards';
ALTER OPERATOR CLASS reversed USING btree OWNER TO owner_a;
CREATE OPERATOR CLASS growing FOR TYPE text USING btree AS
    OPERATOR 1 >, OPERATOR 2 >=, OPERATOR 3 =, OPERATOR 4 <=, OPERATOR 5 <,
    FUNCTION 1 backwards(text, text), FUNCTION 4 btequalimage(oid);
CREATE OPERATOR CLASS recompared FOR TYPE text USING btree AS
    OPERATOR 1 >, OPERATOR 2 >=, OPERATOR 3 =, OPERATOR 4 <=, OPERATOR 5 <,
    FUNCTION 1 backwards(text, text);
CREATE OPERATOR FAMILY many USING btree;
ALTER OPERATOR FAMILY many USING btree ADD
    OPERATOR 1 |> (text, integer),
    OPERATOR 3 <| (text, integer);
ALTER OPERATOR FAMILY many USING btree OWNER TO owner_b;
CREATE OPERATOR FAMILY hashed USING hash;
CREATE OPERATOR CLASS hashing DEFAULT FOR TYPE int4multirange USING hash FAMILY hashed AS
    OPERATOR 1 = (anymultirange, anymultirange), FUNCTION 1 (int4multirange, int4multirange) hash_multirange(anymultirange);
CREATE OPERATOR CLASS boxed FOR TYPE point USING gist AS
    OPERATOR 10 <<| (point, point), OPERATOR 11 |>> (point, point),
    FUNCTION 1 gist_point_consistent(internal, point, smallint, oid, internal),
    FUNCTION 2 gist_box_union(internal, internal),
    FUNCTION 3 gist_point_compress(internal),
    FUNCTION 5 gist_box_penalty(internal, internal, internal),
    FUNCTION 6 gist_box_picksplit(internal, internal),
    FUNCTION 7 gist_box_same(box, box, internal),
    FUNCTION 9 (point, point) gist_point_fetch(internal),
    STORAGE box;
CREATE INDEX t_a ON t (a reversed);
CREATE INDEX t_b ON t (b growing);
CREATE INDEX t_c ON t (c recompared, a);
CREATE INDEX t_p ON t USING gist (p boxed);
