CREATE FUNCTION ticket() RETURNS integer STABLE LANGUAGE plpgsql AS 'BEGIN RETURN 7; END';
CREATE DOMAIN number AS integer;
CREATE TABLE by_function (id integer);
CREATE TABLE by_domain (id integer);
