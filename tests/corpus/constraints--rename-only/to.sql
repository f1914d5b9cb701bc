CREATE TABLE t (a integer CONSTRAINT new_pk PRIMARY KEY, b integer CONSTRAINT new_check CHECK (b > 0));
CREATE TABLE r (a integer CONSTRAINT new_fk REFERENCES t);
