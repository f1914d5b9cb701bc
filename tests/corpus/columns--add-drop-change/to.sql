CREATE TABLE t (id integer PRIMARY KEY, name text NOT NULL DEFAULT 'n', amount numeric(12,2), flag boolean DEFAULT true, added date);
COMMENT ON COLUMN t.added IS 'When';
