CREATE TABLE t (id integer, a text);
CREATE TABLE swap (id integer);
CREATE MATERIALIZED VIEW user_of_swap AS SELECT * FROM swap;
