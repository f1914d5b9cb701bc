CREATE SCHEMA shop;
CREATE TYPE shop.level AS ENUM ('low', 'high');
CREATE DOMAIN shop.positive AS int CHECK (VALUE > 0);
CREATE SEQUENCE shop.numbers;
CREATE FUNCTION shop.next(l shop.level) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
CREATE FUNCTION shop.stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TEXT SEARCH CONFIGURATION shop.plain (COPY = pg_catalog.simple);
CREATE TABLE shop.items (
  id shop.positive PRIMARY KEY DEFAULT nextval('shop.numbers'),
  level shop.level DEFAULT 'low',
  n int DEFAULT shop.next('low'),
  words tsvector GENERATED ALWAYS AS (to_tsvector('shop.plain', 'x')) STORED,
  serial_no serial,
  ident int GENERATED ALWAYS AS IDENTITY
);
CREATE INDEX ON shop.items (level);
CREATE TABLE public.uses (item int REFERENCES shop.items, l shop.level);
CREATE VIEW shop.seen AS SELECT id, level FROM shop.items;
CREATE VIEW public.seen AS SELECT id FROM shop.seen;
CREATE MATERIALIZED VIEW shop.counted AS SELECT count(*) AS n FROM shop.items;
CREATE TRIGGER stamp BEFORE INSERT ON shop.items FOR EACH ROW EXECUTE FUNCTION shop.stamp();
CREATE STATISTICS shop.correlated ON id, n FROM shop.items;
ALTER TABLE shop.items ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON shop.items USING (level = 'low'::shop.level);
COMMENT ON TABLE shop.items IS 'what there is';
