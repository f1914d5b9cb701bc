CREATE TABLE person (id integer PRIMARY KEY, first text, last text, city text);
CREATE VIEW names AS SELECT first || ' ' || last AS name FROM person;
