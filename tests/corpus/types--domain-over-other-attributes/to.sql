CREATE TYPE amount AS (currency text, number bigint, tax text);
CREATE DOMAIN price AS amount CHECK ((VALUE).number >= 0);
CREATE DOMAIN "best Price" AS price;
CREATE DOMAIN prices AS price[];
CREATE TYPE offer AS (title text, price price);
CREATE TYPE weight AS (unit text, number integer);
CREATE DOMAIN load AS weight;
CREATE TABLE items (
    id integer PRIMARY KEY, price price, best "best Price", several price[], listed prices, offer offer
);
INSERT INTO items VALUES
    (1, '(EUR,1,)', '(USD,2,)', '{"(EUR,3,)","(,4,)"}', '{"(JPY,5,)"}', '(x,"(EUR,6,)")'),
    (2, NULL, NULL, NULL, NULL, NULL);
CREATE TABLE loads (id integer PRIMARY KEY, load load);
INSERT INTO loads VALUES (1, '(kg,7)');
