SET check_function_bodies = off;
-- Names are qualified where a materialized view or an index calls: from 17 on search_path is safe then.
CREATE TYPE grade AS ENUM ('low', 'high');
CREATE DOMAIN zip AS text CHECK (VALUE <> '');
CREATE TABLE zones (id int PRIMARY KEY, grade grade, zip zip);
CREATE TABLE rates (code text PRIMARY KEY, factor numeric NOT NULL DEFAULT 1);
CREATE VIEW current_rates AS SELECT code, factor FROM rates;
CREATE MATERIALIZED VIEW z_totals AS SELECT count(*) AS n FROM zones;

-- An apostrophe in a comment isn't the start of a string.
CREATE FUNCTION later() RETURNS int LANGUAGE sql STABLE AS
  'SELECT count(*)::int FROM zones -- it''s a comment, and isn''t the end';
CREATE FUNCTION unchanged() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN later(); END $$;
CREATE FUNCTION best_zone() RETURNS int LANGUAGE plpgsql STABLE AS $$
DECLARE
  found public."zones".id%TYPE;
  wanted public.grade := 'high';
BEGIN
  EXECUTE 'SELECT min(id) FROM public.zones WHERE grade = $1' INTO found USING wanted;
  RETURN coalesce(found, 0) + (SELECT count(*) FROM public.Current_Rates WHERE factor > 1);
END $$;
CREATE FUNCTION norm(value text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN lower(public.a_helper(value::public.zip));
END $$;
CREATE FUNCTION a_helper(value text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT trim($1)';
CREATE FUNCTION total() RETURNS bigint LANGUAGE plpgsql STABLE AS
  $$ BEGIN RETURN (SELECT n FROM public.z_totals); END $$;
-- They name each other.
CREATE FUNCTION ping(n int) RETURNS int LANGUAGE sql AS 'SELECT CASE WHEN $1 > 0 THEN pong($1 - 1) ELSE 0 END';
CREATE FUNCTION pong(n int) RETURNS int LANGUAGE sql AS 'SELECT CASE WHEN $1 > 0 THEN ping($1 - 1) ELSE 0 END';

CREATE TABLE accounts (
  id int PRIMARY KEY,
  name text NOT NULL,
  zone int NOT NULL DEFAULT best_zone(),
  seen int NOT NULL DEFAULT unchanged(),
  pings int DEFAULT ping(2),
  normed text GENERATED ALWAYS AS (norm(name)) STORED
);
CREATE INDEX accounts_normed ON accounts (norm(name));
CREATE MATERIALIZED VIEW a_summary AS SELECT total() AS total, best_zone() AS best;
-- The body and the table need each other: the table comes first, nothing runs the body yet.
CREATE FUNCTION next_number() RETURNS int LANGUAGE sql AS 'SELECT count(*)::int + 1 FROM numbers';
CREATE TABLE numbers (n int NOT NULL DEFAULT next_number());
