CREATE FUNCTION own(integer, integer, cstring, internal, integer, boolean) RETURNS integer
    LANGUAGE c STRICT AS '$libdir/utf8_and_iso8859_1', 'iso8859_1_to_utf8';
CREATE CONVERSION source FOR 'LATIN3' TO 'UTF8' FROM iso8859_to_utf8;
CREATE CONVERSION target FOR 'UTF8' TO 'LATIN3' FROM utf8_to_iso8859;
CREATE CONVERSION function FOR 'LATIN1' TO 'UTF8' FROM own;
