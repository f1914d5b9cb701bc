INSERT INTO t (id, name, amount) VALUES (1, 'one', 10), (2, 'two', 20);
