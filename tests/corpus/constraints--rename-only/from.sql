CREATE TABLE t (a integer CONSTRAINT old_pk PRIMARY KEY, b integer CONSTRAINT old_check CHECK (b > 0));
CREATE TABLE r (a integer CONSTRAINT old_fk REFERENCES t);
