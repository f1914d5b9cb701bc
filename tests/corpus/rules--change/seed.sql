SET session_replication_role = replica;
INSERT INTO t (id, note) VALUES (1, 'a'), (2, 'b');
INSERT INTO log (id, what) VALUES (1, 'a');
