INSERT INTO by_function VALUES (1);
INSERT INTO by_domain VALUES (1);
