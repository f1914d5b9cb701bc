INSERT INTO parent (a) VALUES (1);
INSERT INTO child (a, b) VALUES (2, 3);
INSERT INTO grandchild (a, b) VALUES (4, 5);
