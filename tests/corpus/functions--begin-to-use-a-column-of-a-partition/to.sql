CREATE TABLE parts (id integer, counted date, other text) PARTITION BY RANGE (id);
CREATE TABLE parts_low PARTITION OF parts FOR VALUES FROM (MINVALUE) TO (0);
CREATE FUNCTION how_many() RETURNS bigint LANGUAGE sql STABLE
    BEGIN ATOMIC SELECT count(counted) FROM parts_low; END;
