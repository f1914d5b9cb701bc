CREATE OPERATOR FAMILY texts USING btree;
CREATE OPERATOR CLASS two FOR TYPE text USING btree FAMILY texts AS
    OPERATOR 1 <, OPERATOR 3 =, OPERATOR 5 >, FUNCTION 1 bttextcmp(text, text);
CREATE TABLE t (name text);
CREATE INDEX by_name ON t (name two);
