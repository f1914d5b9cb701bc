INSERT INTO t VALUES (1, '(x,y)', 'w', '[a,b]', '[c,d]', '[1,3)');
