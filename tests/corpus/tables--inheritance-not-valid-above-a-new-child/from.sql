CREATE TABLE a (id integer NOT NULL, x integer, y integer);
CREATE TABLE b () INHERITS (a);
ALTER TABLE a ADD CONSTRAINT a_x NOT NULL x NOT VALID;
CREATE TABLE p (id integer, x integer) PARTITION BY LIST (id);
CREATE TABLE p_1 PARTITION OF p FOR VALUES IN (1);
ALTER TABLE p ADD CONSTRAINT p_x NOT NULL x NOT VALID;
-- It becomes NOT VALID in the parent, and in the child, which has it from there.
CREATE TABLE g (id integer, x integer NOT NULL);
CREATE TABLE h () INHERITS (g);
