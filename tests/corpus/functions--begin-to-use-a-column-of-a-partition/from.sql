-- A function with an SQL body begins to use a column of a partition that gets its type from above.
CREATE TABLE parts (id integer, counted text, other text) PARTITION BY RANGE (id);
CREATE TABLE parts_low PARTITION OF parts FOR VALUES FROM (MINVALUE) TO (0);
CREATE FUNCTION how_many() RETURNS bigint LANGUAGE sql STABLE
    BEGIN ATOMIC SELECT count(other) FROM parts_low; END;
