INSERT INTO p VALUES ('a', 1), ('b', 2);
INSERT INTO q VALUES ('x');
