CREATE SEQUENCE free_seq;
CREATE TABLE t (id serial, other integer DEFAULT nextval('free_seq'));
ALTER SEQUENCE free_seq OWNED BY t.other;
