CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE people (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  nick text NOT NULL,
  feels mood DEFAULT 'ok',
  score int CHECK (score >= 0),
  UNIQUE (nick)
);
CREATE TABLE pets (owner text REFERENCES people (nick), name text);
CREATE INDEX people_score ON people (score) WHERE nick <> '';
CREATE TABLE parts (day date, amount int, CONSTRAINT positive CHECK (amount > 0)) PARTITION BY RANGE (day);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE INDEX parts_amount ON parts (amount);
CREATE TABLE base (kind text);
CREATE TABLE derived (more int) INHERITS (base);
