INSERT INTO t VALUES (1, '(1,a)', 'ok', '[1,2]', 5);
