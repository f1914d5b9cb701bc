INSERT INTO t VALUES (1, 'a', '{}', '[1,2]', '10.0.0.1');
