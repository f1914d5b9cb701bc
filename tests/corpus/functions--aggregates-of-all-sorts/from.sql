CREATE FUNCTION as_text(integer) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1::text';
CREATE FUNCTION as_number(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE AGGREGATE names(a integer) (SFUNC = int4larger, STYPE = integer);
CREATE AGGREGATE gives(integer) (SFUNC = int4larger, STYPE = integer, FINALFUNC = as_number);
CREATE AGGREGATE place(VARIADIC "any" ORDER BY VARIADIC "any") (SFUNC = ordered_set_transition_multi,
    STYPE = internal, FINALFUNC = rank_final, FINALFUNC_EXTRA);
CREATE AGGREGATE moving(integer) (SFUNC = int4pl, STYPE = integer, MSFUNC = int4pl, MINVFUNC = int4mi, MSTYPE = integer);
CREATE VIEW v AS SELECT moving(x) FROM generate_series(1, 3) x;
