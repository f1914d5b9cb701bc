CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE FUNCTION to_mood(varchar) RETURNS mood LANGUAGE sql IMMUTABLE AS 'SELECT ''sad''::mood';
CREATE CAST (varchar AS mood) WITH INOUT AS ASSIGNMENT;
CREATE TABLE t (id integer, m mood DEFAULT 'sad');
CREATE VIEW v AS SELECT 'sad'::varchar::mood AS m;
