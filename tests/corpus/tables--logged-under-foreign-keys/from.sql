CREATE UNLOGGED TABLE customers (id integer PRIMARY KEY);
CREATE UNLOGGED TABLE accounts (id integer PRIMARY KEY, customer integer REFERENCES customers);
CREATE TABLE bills (id integer PRIMARY KEY);
CREATE TABLE bill_lines (id integer PRIMARY KEY, bill integer REFERENCES bills);
CREATE TABLE old_lines (id integer PRIMARY KEY, bill integer CONSTRAINT gone REFERENCES bills);
INSERT INTO customers VALUES (1);
INSERT INTO accounts VALUES (1, 1);
