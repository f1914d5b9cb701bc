CREATE TYPE tag;
CREATE FUNCTION tag_in(cstring) RETURNS tag LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION tag_out(tag) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textout';
CREATE FUNCTION tag_send(tag) RETURNS bytea LANGUAGE internal STABLE STRICT AS 'textsend';
CREATE TYPE tag (INPUT = tag_in, OUTPUT = tag_out, SEND = tag_send, STORAGE = external,
    TYPMOD_IN = varchartypmodin, TYPMOD_OUT = varchartypmodout, ANALYZE = array_typanalyze, DEFAULT = 'it''s');
COMMENT ON TYPE tag IS 'A tag, in plain form';
ALTER TYPE tag OWNER TO owner_a;
GRANT USAGE ON TYPE tag TO app;
REVOKE USAGE ON TYPE tag FROM PUBLIC;
CREATE FUNCTION tag_eq(tag, tag) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'texteq';
CREATE FUNCTION tag_cmp(tag, tag) RETURNS integer LANGUAGE internal IMMUTABLE STRICT AS 'bttext_pattern_cmp';
CREATE FUNCTION tag_lt(tag, tag) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'text_pattern_lt';
CREATE FUNCTION tag_gt(tag, tag) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'text_pattern_gt';
CREATE OPERATOR = (LEFTARG = tag, RIGHTARG = tag, FUNCTION = tag_eq, COMMUTATOR = =, HASHES, MERGES);
CREATE OPERATOR < (LEFTARG = tag, RIGHTARG = tag, FUNCTION = tag_lt, COMMUTATOR = >);
CREATE OPERATOR > (LEFTARG = tag, RIGHTARG = tag, FUNCTION = tag_gt, COMMUTATOR = <);
CREATE OPERATOR CLASS tag_ops DEFAULT FOR TYPE tag USING btree AS
    OPERATOR 1 <, OPERATOR 3 =, OPERATOR 5 >, FUNCTION 1 tag_cmp(tag, tag);
CREATE CAST (tag AS text) WITHOUT FUNCTION AS ASSIGNMENT;
CREATE TYPE small;
CREATE FUNCTION small_in(cstring) RETURNS small LANGUAGE internal IMMUTABLE STRICT AS 'int8in';
CREATE FUNCTION small_out(small) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int8out';
CREATE TYPE small (INPUT = small_in, OUTPUT = small_out, INTERNALLENGTH = 8, PASSEDBYVALUE, ALIGNMENT = double,
    CATEGORY = 'N', PREFERRED = true);
CREATE DOMAIN small_domain AS small;
CREATE TYPE couple AS (x small, y text);
CREATE TYPE shell;
COMMENT ON TYPE shell IS 'A name';
CREATE TYPE only_a_name;
ALTER TYPE only_a_name OWNER TO owner_b;
CREATE TYPE later;
CREATE FUNCTION later_in(cstring) RETURNS later LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION later_out(later) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE later (INPUT = later_in, OUTPUT = later_out, STORAGE = main, COLLATABLE = true);
CREATE TYPE "Fixed";
CREATE FUNCTION fixed_in(cstring) RETURNS "Fixed" LANGUAGE internal IMMUTABLE STRICT AS 'point_in';
CREATE FUNCTION fixed_out("Fixed") RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'point_out';
CREATE TYPE "Fixed" (INPUT = fixed_in, OUTPUT = fixed_out, INTERNALLENGTH = 16, ALIGNMENT = double, ELEMENT = double precision,
    SUBSCRIPT = raw_array_subscript_handler);
CREATE TABLE t (id integer PRIMARY KEY, a tag DEFAULT 'none', tags tag[], s small, d small_domain DEFAULT '7', smalls small[], c couple, free later);
CREATE INDEX t_a ON t (a);
CREATE VIEW v AS SELECT id, s FROM t;
