CREATE TABLE t (plain integer NOT NULL, named integer CONSTRAINT must NOT NULL, told integer CONSTRAINT told_why NOT NULL);
COMMENT ON CONSTRAINT told_why ON t IS 'as it was';
