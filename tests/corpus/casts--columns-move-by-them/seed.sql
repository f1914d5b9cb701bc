INSERT INTO t VALUES (1, 'sad', 'sad', '(1,2)', '{sad,happy}', 'sad'), (2, 'happy', NULL, NULL, '{}', 'happy');
INSERT INTO u VALUES ('2000-01-11'), ('1999-12-31');
