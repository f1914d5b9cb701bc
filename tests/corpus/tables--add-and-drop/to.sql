CREATE TABLE kept (id integer PRIMARY KEY, name text);
CREATE TABLE new_one (id bigserial PRIMARY KEY, kept_id integer NOT NULL REFERENCES kept ON DELETE CASCADE);
CREATE TABLE new_two (id integer PRIMARY KEY REFERENCES new_one, self integer REFERENCES new_two);
CREATE INDEX new_one_kept ON new_one (kept_id);
COMMENT ON TABLE new_one IS 'New';
GRANT SELECT ON new_one TO reader;
