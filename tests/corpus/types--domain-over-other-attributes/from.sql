-- Rows under domains, one in another and in arrays: their attributes change.
CREATE TYPE amount AS (number integer, currency text);
CREATE DOMAIN price AS amount CHECK ((VALUE).number >= 0);
CREATE DOMAIN "best Price" AS price;
CREATE DOMAIN prices AS price[];
CREATE TYPE offer AS (title text, price price);
CREATE TYPE weight AS (number numeric(10,2), unit text);
CREATE DOMAIN load AS weight;
CREATE TABLE items (
    id integer PRIMARY KEY, price price, best "best Price", several price[], listed prices, offer offer
);
INSERT INTO items VALUES
    (1, '(1,EUR)', '(2,USD)', '{"(3,EUR)","(4,)"}', '{"(5,JPY)"}', '(x,"(6,EUR)")'),
    (2, NULL, NULL, NULL, NULL, NULL);
CREATE TABLE loads (id integer PRIMARY KEY, load load);
INSERT INTO loads VALUES (1, '(7.00,kg)');
