CREATE TABLE t (
    plain integer NOT NULL,
    named integer CONSTRAINT must NOT NULL,
    loose integer,
    own integer NOT NULL
);
ALTER TABLE t ADD CONSTRAINT t_loose_not_null NOT NULL loose NOT VALID;
CREATE TABLE child () INHERITS (t);
