CREATE TYPE pair AS (a integer, b integer);
CREATE FUNCTION pair_to(internal) RETURNS pair LANGUAGE internal IMMUTABLE AS 'record_recv';
CREATE FUNCTION pair_from(internal) RETURNS internal LANGUAGE internal IMMUTABLE AS 'prsd_lextype';
CREATE TRANSFORM FOR pair LANGUAGE plpgsql (FROM SQL WITH FUNCTION pair_from(internal), TO SQL WITH FUNCTION pair_to(internal));
CREATE FUNCTION quiet(integer) RETURNS boolean LANGUAGE sql LEAKPROOF AS 'SELECT $1 > 0';
CREATE FUNCTION many(integer, integer) RETURNS SETOF integer LANGUAGE internal IMMUTABLE STRICT ROWS 7
    SUPPORT generate_series_int4_support AS 'generate_series_int4';
CREATE FUNCTION moves(integer, integer, cstring, internal, integer, boolean) RETURNS integer
    LANGUAGE c STRICT AS '$libdir/utf8_and_gbk', 'utf8_to_gbk';
CREATE FUNCTION numbered() RETURNS bigint LANGUAGE internal WINDOW AS 'window_row_number';
CREATE FUNCTION uses(p pair) RETURNS integer LANGUAGE plpgsql TRANSFORM FOR TYPE pair AS 'BEGIN RETURN 1; END';
CREATE VIEW v AS SELECT quiet(1), n FROM many(1, 3) n;
