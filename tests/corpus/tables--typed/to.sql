CREATE TYPE person AS (id integer, name text);
CREATE TYPE other AS (id integer, name text);
CREATE TABLE becomes_typed OF person (id WITH OPTIONS NOT NULL, name WITH OPTIONS DEFAULT 'x');
CREATE TABLE becomes_plain (id integer PRIMARY KEY, name text);
CREATE TABLE changes OF other;
CREATE TABLE options OF person (id WITH OPTIONS NOT NULL, name WITH OPTIONS DEFAULT 'b');
