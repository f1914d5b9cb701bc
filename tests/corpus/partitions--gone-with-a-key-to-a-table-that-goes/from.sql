CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE items (id bigint PRIMARY KEY, note text) PARTITION BY RANGE (id);
CREATE TABLE "items p1" PARTITION OF items FOR VALUES FROM (0) TO (100);
CREATE TABLE "items rest" PARTITION OF items DEFAULT PARTITION BY LIST (id);
CREATE TABLE "items rest rest" PARTITION OF "items rest" DEFAULT;
CREATE TABLE orders (id bigint);
ALTER TABLE orders ADD FOREIGN KEY (id) REFERENCES customers;
ALTER TABLE customers ADD CONSTRAINT customers_item FOREIGN KEY (id) REFERENCES items;
ALTER TABLE items ADD CONSTRAINT items_customer FOREIGN KEY (id) REFERENCES customers;
