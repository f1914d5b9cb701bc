CREATE SCHEMA app;
CREATE SCHEMA data;
CREATE TYPE app.mood AS ENUM ('so so', 'fine', 'sad');
CREATE TYPE data.pair AS (mood app.mood, day date);
CREATE TABLE app.customers (id bigint, what data.pair);
