CREATE TABLE a (x integer NOT NULL, y integer CONSTRAINT a_y NOT NULL, z integer CONSTRAINT shared NOT NULL);
CREATE TABLE b (x integer CONSTRAINT foo NOT NULL, y integer CONSTRAINT b_y NOT NULL, z integer CONSTRAINT shared NOT NULL) INHERITS (a);
CREATE TABLE c (x integer CONSTRAINT c_x NOT NULL, own text) INHERITS (b);
CREATE TABLE d () INHERITS (a);
