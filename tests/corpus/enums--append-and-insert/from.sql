CREATE TYPE mood AS ENUM ('a', 'c');
CREATE TABLE t (id integer PRIMARY KEY, m mood DEFAULT 'a');
