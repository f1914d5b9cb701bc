CREATE TABLE t (
    plain integer CONSTRAINT has_a_name NOT NULL,
    named integer CONSTRAINT must_now NOT NULL,
    loose integer NOT NULL,
    own integer NOT NULL NO INHERIT
);
CREATE TABLE child () INHERITS (t);
CREATE TABLE alone (a integer CONSTRAINT a_is_there NOT NULL NO INHERIT, b integer CONSTRAINT b_is_there NOT NULL);
