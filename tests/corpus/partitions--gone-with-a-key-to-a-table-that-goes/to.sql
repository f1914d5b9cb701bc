CREATE SCHEMA other;
CREATE TABLE items (id bigint PRIMARY KEY, note text) PARTITION BY RANGE (id);
CREATE TABLE "items p1" PARTITION OF items FOR VALUES FROM (0) TO (100);
CREATE TABLE "items rest" PARTITION OF items DEFAULT PARTITION BY LIST (id);
CREATE TABLE other."items rest rest" PARTITION OF "items rest" DEFAULT;
CREATE TABLE orders (id bigint);
