CREATE SEQUENCE becomes_unlogged START 5;
CREATE UNLOGGED SEQUENCE becomes_logged;
CREATE TABLE t (id integer PRIMARY KEY DEFAULT nextval('becomes_unlogged'));
