INSERT INTO customers (id, name) SELECT i, 'n' || i FROM generate_series(1, 4) i;
INSERT INTO child (id, name, own) SELECT i, 'n' || i, i FROM generate_series(1, 4) i;
