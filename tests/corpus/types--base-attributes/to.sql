CREATE TYPE box2;
CREATE FUNCTION box2_in(cstring) RETURNS box2 LANGUAGE internal IMMUTABLE STRICT AS 'point_in';
CREATE FUNCTION box2_out(box2) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'point_out';
CREATE FUNCTION box2_send(box2) RETURNS bytea LANGUAGE internal STABLE STRICT AS 'point_send';
CREATE TYPE box2 (INPUT = box2_in, OUTPUT = box2_out, SEND = box2_send, INTERNALLENGTH = 16, ALIGNMENT = double,
    ELEMENT = double precision, SUBSCRIPT = raw_array_subscript_handler, DEFAULT = '(1,2)');
CREATE TYPE num;
CREATE FUNCTION num_in(cstring) RETURNS num LANGUAGE internal IMMUTABLE STRICT AS 'int8in';
CREATE FUNCTION num_out(num) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int8out';
CREATE TYPE num (INPUT = num_in, OUTPUT = num_out, INTERNALLENGTH = 8, ALIGNMENT = double, PASSEDBYVALUE, DELIMITER = ';');
CREATE TABLE t (id integer PRIMARY KEY, b box2, n num, ns num[]);
