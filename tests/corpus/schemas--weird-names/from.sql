CREATE SCHEMA "a ""b"" c";
CREATE TABLE "a ""b"" c"."t;1" ("x y" integer, "<b>" text DEFAULT 'it''s');
