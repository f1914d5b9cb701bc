INSERT INTO base VALUES ('1', 'x');
INSERT INTO own VALUES ('2', 'y', 3);
INSERT INTO below VALUES ('4', 'z', 3, 4);
