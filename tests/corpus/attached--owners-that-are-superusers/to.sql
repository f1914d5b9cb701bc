CREATE FOREIGN DATA WRAPPER w;
ALTER FOREIGN DATA WRAPPER w OWNER TO second_superuser;
CREATE FUNCTION watch() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER watches ON sql_drop EXECUTE FUNCTION watch();
ALTER EVENT TRIGGER watches OWNER TO second_superuser;
CREATE SUBSCRIPTION sub CONNECTION 'host=set-by-hand.invalid' PUBLICATION p WITH (connect = false);
ALTER SUBSCRIPTION sub OWNER TO second_superuser;
