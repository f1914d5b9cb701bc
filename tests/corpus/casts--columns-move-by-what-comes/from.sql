CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TYPE pair AS (a integer, b integer);
CREATE TABLE t (id integer PRIMARY KEY, a mood, b pair);
