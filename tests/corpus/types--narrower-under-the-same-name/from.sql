CREATE DOMAIN dm AS text;
CREATE TABLE td (x dm);
CREATE DOMAIN nm AS numeric(10,4);
CREATE DOMAIN over AS nm;
CREATE TABLE tn (n nm, o over, a nm[]);
CREATE DOMAIN dt AS timestamp;
CREATE TABLE tt (d dt);
CREATE TYPE cn AS (n numeric(10,4), t text);
CREATE TABLE tcn (c cn);
