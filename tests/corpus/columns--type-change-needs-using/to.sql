CREATE TABLE t (id integer PRIMARY KEY, n integer DEFAULT 5, at timestamptz, doc jsonb);
