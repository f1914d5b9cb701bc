INSERT INTO "odd ""t" VALUES (1, 'a'), (2, 'b');
INSERT INTO "plain's" VALUES (1, 'a');
