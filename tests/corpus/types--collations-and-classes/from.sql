CREATE SCHEMA s;
CREATE TYPE pair AS (a text, b text);
CREATE DOMAIN word AS text;
CREATE TYPE words AS RANGE (subtype = text);
CREATE TYPE by_class AS RANGE (subtype = text);
CREATE TYPE of_numbers AS RANGE (subtype = integer);
CREATE TYPE elsewhere AS RANGE (subtype = integer, multirange_type_name = others);
CREATE TABLE t (id integer PRIMARY KEY, p pair, w word, r words, c by_class, n of_numbers);
