CREATE TABLE p (b integer CONSTRAINT nb NOT NULL);
CREATE TABLE c2 (b integer NOT NULL) INHERITS (p);
CREATE TABLE p1 (id integer NOT NULL);
CREATE TABLE p2 (id integer NOT NULL, b integer);
CREATE TABLE c1 (c date, b integer) INHERITS (p1, p2);
CREATE TABLE g (z integer) INHERITS (c1);
