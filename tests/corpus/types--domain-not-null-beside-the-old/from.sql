-- The columns move from the old domain to the new one. The old one has the name that its NOT NULL
-- has by itself until then.
CREATE DOMAIN plain AS text NOT NULL DEFAULT '';
CREATE TABLE kept (id integer PRIMARY KEY, value plain);
