CREATE TABLE t (id integer NOT NULL, other integer);
CREATE SEQUENCE free_seq;
