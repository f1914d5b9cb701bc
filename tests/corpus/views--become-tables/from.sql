CREATE TABLE t (id integer, a text);
CREATE VIEW swap AS SELECT id FROM t;
CREATE VIEW user_of_swap AS SELECT * FROM swap;
