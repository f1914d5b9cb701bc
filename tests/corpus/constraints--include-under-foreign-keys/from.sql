CREATE TABLE customers (id integer, mark integer, PRIMARY KEY (id) INCLUDE (mark));
CREATE TABLE orders (id integer PRIMARY KEY, customer integer REFERENCES customers);
INSERT INTO customers VALUES (1, 5);
INSERT INTO orders VALUES (1, 1);
