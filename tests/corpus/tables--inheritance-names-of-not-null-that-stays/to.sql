CREATE TABLE p (b integer);
CREATE TABLE c2 (b integer CONSTRAINT lb NOT NULL) INHERITS (p);
CREATE TABLE p1 (id integer NOT NULL);
CREATE TABLE p2 (id integer NOT NULL, b integer);
ALTER TABLE p1 ADD n integer NOT NULL DEFAULT 0;
CREATE TABLE c1 (c date, b integer) INHERITS (p1);
CREATE TABLE g (z integer) INHERITS (c1, p2);
