CREATE TABLE a (id integer PRIMARY KEY, twice integer GENERATED ALWAYS AS (id * 3) STORED);
CREATE PUBLICATION stays FOR TABLE a WITH (publish_generated_columns = stored);
CREATE PUBLICATION gets FOR TABLE a WITH (publish_generated_columns = stored);
CREATE PUBLICATION loses FOR TABLE a WITH (publish_generated_columns = none);
CREATE PUBLICATION added FOR TABLE a WITH (publish_generated_columns = stored);
