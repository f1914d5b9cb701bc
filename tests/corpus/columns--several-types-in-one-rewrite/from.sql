CREATE TYPE state AS ENUM ('new', 'done');
CREATE TABLE orders (
    id integer PRIMARY KEY,
    amount integer DEFAULT 1,
    code text DEFAULT '7',
    state state DEFAULT 'new',
    "the day" date
);
CREATE INDEX orders_amount_code ON orders (amount, code);
CREATE VIEW open_orders AS SELECT id, amount FROM orders WHERE state = 'new';
CREATE TABLE lines (id integer PRIMARY KEY, amount integer, price integer);
