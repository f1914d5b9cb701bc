CREATE SCHEMA app;
CREATE SCHEMA data;
CREATE TYPE app.mood AS ENUM ('so so', 'fine', 'gone', 'sad');
CREATE TYPE app.pair AS (mood app.mood, day date);
CREATE TABLE app.customers (id bigint, what app.pair);
