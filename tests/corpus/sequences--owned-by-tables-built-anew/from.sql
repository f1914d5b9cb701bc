CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY, d date NOT NULL);
CREATE TABLE plain (id serial, d date NOT NULL);
CREATE TABLE counted (id serial, d date NOT NULL);
