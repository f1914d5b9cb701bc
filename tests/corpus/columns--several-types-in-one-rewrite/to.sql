CREATE TYPE state AS ENUM ('done', 'new');
CREATE TABLE orders (
    id bigint PRIMARY KEY,
    amount bigint DEFAULT 2,
    code integer DEFAULT 7,
    state state DEFAULT 'new',
    "the day" timestamp,
    twice bigint GENERATED ALWAYS AS (amount * 2) STORED
);
CREATE INDEX orders_amount_code ON orders (amount, code);
CREATE VIEW open_orders AS SELECT id, amount FROM orders WHERE state = 'new';
CREATE TABLE lines (id bigint PRIMARY KEY, amount bigint, price bigint);
