CREATE TABLE a (id integer NOT NULL, x integer);
CREATE TABLE b () INHERITS (a);
ALTER TABLE b ADD CONSTRAINT b_key PRIMARY KEY (id);
CREATE TABLE c () INHERITS (b);
CREATE TABLE own (id integer NOT NULL, x integer, CONSTRAINT own_key PRIMARY KEY (id));
