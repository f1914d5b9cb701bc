CREATE FUNCTION handler(internal) RETURNS index_am_handler LANGUAGE internal AS 'hashhandler';
CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;
COMMENT ON ACCESS METHOD heap2 IS 'A heap';
CREATE ACCESS METHOD hash2 TYPE INDEX HANDLER handler;
COMMENT ON ACCESS METHOD hash2 IS 'Another hash';
CREATE ACCESS METHOD moved TYPE TABLE HANDLER heap_tableam_handler;
CREATE OPERATOR CLASS numbers DEFAULT FOR TYPE integer USING hash2 AS
    OPERATOR 1 =, FUNCTION 1 hashint4(integer);
CREATE TABLE t (id integer) USING heap2;
CREATE INDEX t_id ON t USING hash2 (id);
CREATE TABLE u (id integer) USING moved;
