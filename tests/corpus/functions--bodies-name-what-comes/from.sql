-- Rows are there, so that what the plan adds calls the functions at once.
CREATE TABLE accounts (id int PRIMARY KEY, name text NOT NULL);
CREATE TABLE rates (code text PRIMARY KEY);
CREATE TABLE obsolete (id int);
CREATE FUNCTION unchanged() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN later(); END $$;
