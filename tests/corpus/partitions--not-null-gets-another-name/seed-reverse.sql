INSERT INTO place VALUES (7);
INSERT INTO m VALUES (1, 'x', 'b', 'c', 7), (2, 'y', 'b', 'c', 7);
INSERT INTO n VALUES ('x', 1), ('y', 2);
INSERT INTO p VALUES (1), (2);
INSERT INTO "Odd ""p""" VALUES (1);
