CREATE TABLE a (id integer PRIMARY KEY, twice integer GENERATED ALWAYS AS (id * 2) STORED);
CREATE PUBLICATION stays FOR TABLE a WITH (publish_generated_columns = stored);
CREATE PUBLICATION gets FOR TABLE a;
CREATE PUBLICATION loses FOR TABLE a WITH (publish_generated_columns = stored);
