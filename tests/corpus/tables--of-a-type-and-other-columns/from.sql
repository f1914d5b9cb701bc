-- A table gets the columns of a type before it becomes a table of it, and loses others. Where they
-- would stand in another order it is built anew.
CREATE TYPE place AS (part xml, other numeric);
CREATE TYPE spot AS (part xml, more integer);
CREATE TABLE typed (gone integer, part xml, CONSTRAINT typed_uq UNIQUE (gone));
CREATE TABLE mixed (other numeric, gone integer);
CREATE TABLE plain OF place;
CREATE TABLE elsewhere OF place;
CREATE VIEW seen AS SELECT gone FROM typed;
