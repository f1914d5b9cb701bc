CREATE SCHEMA s;
CREATE TYPE pair AS (a text COLLATE "C", b text);
CREATE DOMAIN word AS text COLLATE "C";
CREATE TYPE words AS RANGE (subtype = text, collation = "C");
CREATE TYPE by_class AS RANGE (subtype = text, subtype_opclass = text_pattern_ops);
CREATE TYPE of_numbers AS RANGE (subtype = bigint);
CREATE TYPE elsewhere AS RANGE (subtype = integer, multirange_type_name = s.others);
CREATE TABLE t (id integer PRIMARY KEY, p pair, w word, r words, c by_class, n of_numbers);
