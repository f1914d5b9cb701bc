CREATE FUNCTION distance(a numeric, b numeric) RETURNS double precision LANGUAGE sql IMMUTABLE RETURN a - b;
CREATE TYPE span AS RANGE (subtype = numeric, subtype_diff = distance, multirange_type_name = spans);
CREATE TABLE t (id integer, s span, more spans);
