-- All that belongs to a database besides tables, types and functions, at once.
CREATE SCHEMA zoo;
CREATE SCHEMA "Odd Schema ""quoted""";
CREATE TYPE zoo.mood AS ENUM ('sad', 'happy');
CREATE TABLE zoo.animal (id integer PRIMARY KEY, "Name" text, mood zoo.mood);
CREATE TABLE zoo.node (id integer PRIMARY KEY, up integer REFERENCES zoo.node);
CREATE TABLE zoo.egg (id integer PRIMARY KEY);
CREATE TABLE zoo.two_keys (a integer, b text) PARTITION BY RANGE (a, b);
CREATE VIEW zoo.happy AS SELECT * FROM zoo.animal WHERE mood = 'happy';
CREATE MATERIALIZED VIEW zoo.summary AS SELECT mood, count(*) AS n FROM zoo.animal GROUP BY mood;
CREATE FUNCTION zoo.on_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;

-- Rules and extended statistics ----------------------------------------------------------------

CREATE RULE keep AS ON DELETE TO zoo.node WHERE OLD.up IS NULL DO INSTEAD NOTHING;
CREATE RULE "Odd; rule" AS ON INSERT TO zoo.happy DO INSTEAD
    INSERT INTO zoo.animal (id, "Name") VALUES (NEW.id, NEW."Name");
ALTER TABLE zoo.node DISABLE RULE keep;
COMMENT ON RULE keep ON zoo.node IS 'Keeps the roots';
CREATE STATISTICS zoo.of_animals (ndistinct, mcv) ON "Name", mood FROM zoo.animal;
CREATE STATISTICS "Odd Schema ""quoted""".of_expressions ON (upper("Name")), mood FROM zoo.animal;
CREATE STATISTICS zoo.of_one ON (length("Name")) FROM zoo.animal;
CREATE STATISTICS zoo.of_summary ON mood, n FROM zoo.summary;
ALTER STATISTICS zoo.of_animals SET STATISTICS 50;
ALTER STATISTICS zoo.of_animals OWNER TO owner_a;
COMMENT ON STATISTICS zoo.of_animals IS 'Together';

-- Foreign data ---------------------------------------------------------------------------------

CREATE FUNCTION zoo.check_options(text[], oid) RETURNS void LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE FOREIGN DATA WRAPPER "Odd; wrapper" VALIDATOR zoo.check_options
    OPTIONS (debug 'true', host 'it''s; "x"');
CREATE SERVER zoo_server TYPE 'sort' VERSION '1.2' FOREIGN DATA WRAPPER "Odd; wrapper"
    OPTIONS (host 'h', port '5432');
CREATE USER MAPPING FOR app SERVER zoo_server;
CREATE USER MAPPING FOR PUBLIC SERVER zoo_server;
CREATE FOREIGN TABLE zoo.far_away (
    id integer OPTIONS (column_name 'it''s') NOT NULL DEFAULT 1,
    "Note" text OPTIONS (a '1', b '2') COLLATE "C",
    CONSTRAINT positive CHECK (id > 0)
) SERVER zoo_server OPTIONS (schema_name 'other', table_name '"x"; y');
CREATE FOREIGN TABLE zoo.two_keys_far PARTITION OF zoo.two_keys
    FOR VALUES FROM (10, 'y') TO (20, 'y') SERVER zoo_server;
CREATE TRIGGER on_far BEFORE INSERT ON zoo.far_away
    FOR EACH ROW EXECUTE FUNCTION zoo.on_change();
COMMENT ON FOREIGN DATA WRAPPER "Odd; wrapper" IS 'Wraps';
COMMENT ON SERVER zoo_server IS 'Serves';
COMMENT ON FOREIGN TABLE zoo.far_away IS 'Far';
COMMENT ON COLUMN zoo.far_away."Note" IS 'Farther';
GRANT USAGE ON FOREIGN DATA WRAPPER "Odd; wrapper" TO app;
GRANT USAGE ON FOREIGN SERVER zoo_server TO app WITH GRANT OPTION;
GRANT SELECT ON zoo.far_away TO reader;
ALTER SERVER zoo_server OWNER TO owner_a;

-- Logical replication --------------------------------------------------------------------------

CREATE PUBLICATION zoo_tables FOR TABLE zoo.node (id, up) WHERE (id > 5), zoo.egg
    WITH (publish = 'insert, update', publish_via_partition_root = true);
CREATE PUBLICATION zoo_schemas FOR TABLES IN SCHEMA zoo, "Odd Schema ""quoted""";
CREATE PUBLICATION "Odd; publication" FOR ALL TABLES;
COMMENT ON PUBLICATION zoo_tables IS 'Some';
ALTER PUBLICATION zoo_tables OWNER TO owner_b;
CREATE SUBSCRIPTION zoo_subscription CONNECTION 'host=set-by-hand.invalid'
    PUBLICATION "Odd; publication", p
    WITH (connect = false, binary = true, streaming = off, slot_name = 'its_slot',
        disable_on_error = true);
COMMENT ON SUBSCRIPTION zoo_subscription IS 'Never connects';

-- Event triggers -------------------------------------------------------------------------------

CREATE FUNCTION zoo.on_event() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE EVENT TRIGGER zoo_event ON ddl_command_end WHEN TAG IN ('ALTER TABLE', 'CREATE TABLE')
    EXECUTE FUNCTION zoo.on_event();
CREATE EVENT TRIGGER "Odd; event" ON sql_drop EXECUTE FUNCTION zoo.on_event();
ALTER EVENT TRIGGER "Odd; event" DISABLE;
COMMENT ON EVENT TRIGGER zoo_event IS 'Watches';
