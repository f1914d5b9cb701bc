CREATE TABLE nobody (id integer);
