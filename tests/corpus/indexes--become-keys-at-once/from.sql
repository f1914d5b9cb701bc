CREATE TABLE t (id integer NOT NULL, code text NOT NULL);
CREATE UNIQUE INDEX t_pkey ON t (id);
CREATE UNIQUE INDEX by_code ON t (code);
