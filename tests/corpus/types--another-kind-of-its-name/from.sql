-- An enum becomes a domain of its name, a domain an enum, a composite an enum nobody stores.
CREATE TYPE state AS ENUM ('open', 'shut');
CREATE DOMAIN "Ch annel" AS text CHECK (VALUE IN ('mail', 'phone'));
CREATE TYPE pair AS (a integer, b integer);
CREATE TABLE door (
    id integer PRIMARY KEY,
    state state NOT NULL DEFAULT 'open',
    before state[],
    channel "Ch annel" DEFAULT 'mail',
    CHECK (state <> 'shut' OR id > 1)
);
CREATE INDEX door_state ON door (state) WHERE state = 'open';
CREATE VIEW open_doors AS SELECT id, state, channel FROM door WHERE state = 'open';
CREATE FUNCTION is_open(s state) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT s = 'open' $$;
CREATE FUNCTION of_pair(p pair) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT 1 $$;
CREATE DOMAIN kept_state AS state NOT NULL;
CREATE TABLE kept (id integer, s kept_state);
CREATE TABLE log (state state) PARTITION BY LIST (state);
CREATE TABLE log_open PARTITION OF log FOR VALUES IN ('open');
