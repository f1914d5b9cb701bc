CREATE TYPE pair AS (a integer, b integer);
CREATE TABLE kept (x pair, y pair[]);
CREATE DOMAIN own_pair AS pair;
CREATE TABLE held (d own_pair);
CREATE TYPE loose AS (a text, b text, c text);
CREATE DOMAIN own_pairs AS pair[] CHECK (cardinality(VALUE) < 9);
CREATE DOMAIN over AS own_pair CHECK ((VALUE).a > 0);
CREATE TYPE outer_pair AS (one own_pair, many own_pairs);
CREATE TABLE more (e own_pairs, f over, g over[], h outer_pair);
INSERT INTO kept VALUES ((1, 2), ARRAY[(1, 2)::pair, (3, 4)::pair]), (NULL, NULL);
INSERT INTO held VALUES ((1, 2)), (NULL);
INSERT INTO more VALUES (ARRAY[(1, 2)::pair, NULL], (1, 2)::pair, ARRAY[(1, 2)::pair::over], ((1, 2)::pair, ARRAY[(3, 4)::pair])),
    (NULL, NULL, NULL, (NULL, NULL));
