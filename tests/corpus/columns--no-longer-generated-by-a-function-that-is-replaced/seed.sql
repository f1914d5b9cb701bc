INSERT INTO orders (id) SELECT generate_series(1, 4);
