INSERT INTO "a ""b"" c"."t;1" VALUES (1, 'one'), (2, NULL);
