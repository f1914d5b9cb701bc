INSERT INTO t VALUES (1, 'sad', '(1,2)'), (2, 'happy', NULL);
