CREATE TABLE a (x integer NOT NULL, y integer CONSTRAINT other NOT NULL, z integer CONSTRAINT together NOT NULL);
CREATE TABLE b (x integer CONSTRAINT bar NOT NULL, y integer CONSTRAINT b_y NOT NULL, z integer CONSTRAINT together NOT NULL) INHERITS (a);
CREATE TABLE c (x integer CONSTRAINT c_x NOT NULL, own text) INHERITS (b);
CREATE TABLE d () INHERITS (a);
