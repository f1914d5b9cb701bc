INSERT INTO t VALUES ('x', 'y', '\x01');
