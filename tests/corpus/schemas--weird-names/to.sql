CREATE SCHEMA "a ""b"" c";
CREATE TABLE "a ""b"" c"."t;1" ("x y" bigint, "<b>" text DEFAULT E'tab\t\\ ;', "new
line" integer);
CREATE INDEX "i--x" ON "a ""b"" c"."t;1" ("x y");
COMMENT ON COLUMN "a ""b"" c"."t;1"."<b>" IS '</script>';
