CREATE TYPE person AS (id integer, name text);
CREATE TYPE other AS (id integer, name text);
CREATE TABLE becomes_typed (id integer NOT NULL, name text DEFAULT 'x');
CREATE TABLE becomes_plain OF person (PRIMARY KEY (id));
CREATE TABLE changes OF person;
CREATE TABLE options OF person (name WITH OPTIONS DEFAULT 'a');
