CREATE TYPE place AS (part xml, other numeric);
CREATE TYPE spot AS (part xml, more integer);
CREATE TABLE typed OF place;
CREATE TABLE mixed OF place;
CREATE TABLE plain (part xml, more integer);
CREATE TABLE elsewhere OF spot;
CREATE VIEW seen AS SELECT part FROM typed;
