CREATE TABLE t (
    plain integer NOT NULL,
    named integer CONSTRAINT must NOT NULL,
    loose integer,
    own integer NOT NULL
);
ALTER TABLE t ADD CONSTRAINT t_loose_not_null NOT NULL loose NOT VALID;
CREATE TABLE child () INHERITS (t);
CREATE TABLE alone (a integer CONSTRAINT a_is_there NOT NULL, b integer);
ALTER TABLE alone ADD CONSTRAINT b_is_there NOT NULL b NOT VALID;
