CREATE SCHEMA store;
CREATE TYPE store.level AS ENUM ('low', 'high');
CREATE DOMAIN store.positive AS int CHECK (VALUE > 0);
CREATE SEQUENCE store.numbers;
CREATE FUNCTION store.next(l store.level) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
CREATE FUNCTION store.stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TEXT SEARCH CONFIGURATION store.plain (COPY = pg_catalog.simple);
CREATE TABLE store.items (
  id store.positive PRIMARY KEY DEFAULT nextval('store.numbers'),
  level store.level DEFAULT 'low',
  n int DEFAULT store.next('low'),
  words tsvector GENERATED ALWAYS AS (to_tsvector('store.plain', 'x')) STORED,
  serial_no serial,
  ident int GENERATED ALWAYS AS IDENTITY
);
CREATE INDEX ON store.items (level);
CREATE TABLE public.uses (item int REFERENCES store.items, l store.level);
CREATE VIEW store.seen AS SELECT id, level FROM store.items;
CREATE VIEW public.seen AS SELECT id FROM store.seen;
CREATE MATERIALIZED VIEW store.counted AS SELECT count(*) AS n FROM store.items;
CREATE TRIGGER stamp BEFORE INSERT ON store.items FOR EACH ROW EXECUTE FUNCTION store.stamp();
CREATE STATISTICS store.correlated ON id, n FROM store.items;
ALTER TABLE store.items ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON store.items USING (level = 'low'::store.level);
COMMENT ON TABLE store.items IS 'what there is';
