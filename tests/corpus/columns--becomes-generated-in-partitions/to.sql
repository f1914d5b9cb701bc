CREATE COLLATION sorting1 (provider = libc, locale = 'POSIX');
CREATE TABLE customers (id integer NOT NULL, name varchar(9), "order" varchar(20) COLLATE sorting1 GENERATED ALWAYS AS ((name || 'x')::text) STORED) PARTITION BY LIST (id);
CREATE TABLE "customers p1" PARTITION OF customers DEFAULT;
CREATE TABLE parent (id integer, name varchar(9), "order" varchar(20) COLLATE sorting1 GENERATED ALWAYS AS ((name || 'x')::text) STORED);
CREATE TABLE child (own integer) INHERITS (parent);
