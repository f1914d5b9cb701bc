CREATE TABLE city (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL UNIQUE);
CREATE TABLE person (id integer PRIMARY KEY, name text GENERATED ALWAYS AS (id::text) STORED, city_id integer REFERENCES city);
CREATE VIEW names AS SELECT name FROM person;
