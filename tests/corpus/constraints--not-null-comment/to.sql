CREATE TABLE t (plain integer NOT NULL, named integer CONSTRAINT must NOT NULL, told integer CONSTRAINT told_why NOT NULL);
COMMENT ON CONSTRAINT t_plain_not_null ON t IS 'a default name';
COMMENT ON CONSTRAINT must ON t IS 'a name';
COMMENT ON CONSTRAINT told_why ON t IS 'as it is';
