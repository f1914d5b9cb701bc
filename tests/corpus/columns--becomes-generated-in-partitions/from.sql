CREATE COLLATION sorting0 (provider = libc, locale = 'POSIX');
CREATE TABLE customers (id integer NOT NULL, name varchar(9), "order" varchar(20) COLLATE sorting0 DEFAULT CURRENT_USER) PARTITION BY LIST (id);
CREATE TABLE "customers p1" PARTITION OF customers DEFAULT;
CREATE TABLE parent (id integer, name varchar(9), "order" varchar(20) COLLATE sorting0 DEFAULT 'x');
CREATE TABLE child (own integer) INHERITS (parent);
