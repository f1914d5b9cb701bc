INSERT INTO t VALUES (1, 10, 'low', '1/2', '{10,20}', 'sad'), (2, 20, NULL, NULL, '{}', 'happy');
INSERT INTO u VALUES (10), (-1);
