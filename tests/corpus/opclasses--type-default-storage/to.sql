CREATE FUNCTION shorter(text, text) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT length($1) - length($2)';
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE OPERATOR CLASS of FOR TYPE integer USING btree AS OPERATOR 1 <, OPERATOR 3 =, OPERATOR 5 >, FUNCTION 1 btint4cmp(integer, integer);
CREATE OPERATOR CLASS usual DEFAULT FOR TYPE mood USING hash AS OPERATOR 1 = (anyenum, anyenum), FUNCTION 1 (anyenum, anyenum) hashenum(anyenum);
CREATE OPERATOR CLASS kept FOR TYPE point USING gist AS
    OPERATOR 11 |>> (point, point),
    FUNCTION 1 gist_point_consistent(internal, point, smallint, oid, internal),
    FUNCTION 2 gist_box_union(internal, internal),
    FUNCTION 3 gist_point_compress(internal),
    FUNCTION 5 gist_box_penalty(internal, internal, internal),
    FUNCTION 6 gist_box_picksplit(internal, internal),
    FUNCTION 7 gist_box_same(box, box, internal), STORAGE box;
CREATE TABLE t (id integer PRIMARY KEY, p point, m mood);
CREATE INDEX t_p ON t USING gist (p kept);
