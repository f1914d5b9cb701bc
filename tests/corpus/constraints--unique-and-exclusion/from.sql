CREATE TABLE t (a integer, b text, r int4range, CONSTRAINT u UNIQUE (a), CONSTRAINT e EXCLUDE USING gist (r WITH &&));
