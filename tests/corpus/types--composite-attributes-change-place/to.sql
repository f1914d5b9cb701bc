CREATE TYPE pair AS (b integer, a integer);
CREATE TABLE kept (x pair, y pair[]);
CREATE DOMAIN own_pair AS pair;
CREATE TABLE held (d own_pair);
CREATE TYPE loose AS (a text, c text, b text);
CREATE DOMAIN own_pairs AS pair[] CHECK (cardinality(VALUE) < 9);
CREATE DOMAIN over AS own_pair CHECK ((VALUE).a > 0);
CREATE TYPE outer_pair AS (one own_pair, many own_pairs);
CREATE TABLE more (e own_pairs, f over, g over[], h outer_pair);
INSERT INTO kept VALUES ((2, 1), ARRAY[(2, 1)::pair, (4, 3)::pair]), (NULL, NULL);
INSERT INTO held VALUES ((2, 1)), (NULL);
INSERT INTO more VALUES (ARRAY[(2, 1)::pair, NULL], (2, 1)::pair, ARRAY[(2, 1)::pair::over], ((2, 1)::pair, ARRAY[(4, 3)::pair])),
    (NULL, NULL, NULL, (NULL, NULL));
