CREATE DOMAIN dm AS varchar(3);
CREATE TABLE td (x dm);
CREATE DOMAIN nm AS numeric(10,2);
CREATE DOMAIN over AS nm;
CREATE TABLE tn (n nm, o over, a nm[]);
CREATE DOMAIN dt AS date;
CREATE TABLE tt (d dt);
CREATE TYPE cn AS (n numeric(10,2), t varchar(3));
CREATE TABLE tcn (c cn);
