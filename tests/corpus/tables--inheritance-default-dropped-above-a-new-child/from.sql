CREATE TABLE a (id integer NOT NULL, x integer DEFAULT 1);
CREATE TABLE old () INHERITS (a);
CREATE VIEW first AS SELECT x FROM old;
CREATE VIEW second AS SELECT x FROM first;
CREATE TABLE p (id integer, x integer DEFAULT 1) PARTITION BY LIST (id);
