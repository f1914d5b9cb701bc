CREATE TABLE public.kept (id integer PRIMARY KEY);
CREATE SCHEMA extra AUTHORIZATION owner_a;
GRANT USAGE ON SCHEMA extra TO reader;
COMMENT ON SCHEMA extra IS 'it''s extra';
CREATE TABLE extra.thing (id integer REFERENCES public.kept);
