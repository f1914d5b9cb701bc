-- A foreign key to the table itself holds the partitions, which go before the table.
CREATE TABLE node (id integer NOT NULL, up integer, PRIMARY KEY (id)) PARTITION BY LIST (id);
CREATE TABLE node_a PARTITION OF node FOR VALUES IN (1, 2);
CREATE TABLE node_b PARTITION OF node FOR VALUES IN (3, 4);
ALTER TABLE node ADD CONSTRAINT node_up FOREIGN KEY (up) REFERENCES node;
