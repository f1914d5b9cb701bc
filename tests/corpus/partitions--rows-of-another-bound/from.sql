-- Rows that belong to another partition once the bounds have moved.
CREATE TABLE ev (at int, id int GENERATED ALWAYS AS IDENTITY, twice int GENERATED ALWAYS AS (at * 2) STORED, note text)
    PARTITION BY RANGE (at);
CREATE TABLE ev_low PARTITION OF ev FOR VALUES FROM (0) TO (10);
CREATE TABLE ev_high PARTITION OF ev FOR VALUES FROM (10) TO (20);
CREATE INDEX ON ev (note);

-- A value of a list goes to another one; one with NULL.
CREATE TABLE place (country text, name text DEFAULT 'x') PARTITION BY LIST (country);
CREATE TABLE place_eu PARTITION OF place FOR VALUES IN ('de', 'it', NULL);
CREATE TABLE place_us PARTITION OF place FOR VALUES IN ('us');

-- Hashes by another modulus, with a key that others point to.
CREATE TABLE item (id int PRIMARY KEY, v text NOT NULL) PARTITION BY HASH (id);
CREATE TABLE item_0 PARTITION OF item FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE item_1 PARTITION OF item FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE line (item int REFERENCES item ON DELETE CASCADE, n int);

-- Two levels, each with bounds that move; the lower one is a list over a column of the upper one.
CREATE TABLE deep (a int, b int) PARTITION BY RANGE (a);
CREATE TABLE deep_1 PARTITION OF deep FOR VALUES FROM (0) TO (10) PARTITION BY LIST (b);
CREATE TABLE deep_1_x PARTITION OF deep_1 FOR VALUES IN (1, 2);
CREATE TABLE deep_1_y PARTITION OF deep_1 FOR VALUES IN (3, 4);
CREATE TABLE deep_2 PARTITION OF deep FOR VALUES FROM (10) TO (20) PARTITION BY LIST (b);
CREATE TABLE deep_2_all PARTITION OF deep_2 FOR VALUES IN (1, 2, 3, 4);

-- Names that are alike up to their last sign.
CREATE TABLE reading (n int) PARTITION BY RANGE (n);
CREATE TABLE a_rather_long_name_for_a_partition_of_readings_of_the_year_20_1 PARTITION OF reading FOR VALUES FROM (0) TO (10);
CREATE TABLE a_rather_long_name_for_a_partition_of_readings_of_the_year_20_2 PARTITION OF reading FOR VALUES FROM (10) TO (20);
