CREATE DOMAIN plain AS varchar(20) NOT NULL DEFAULT '';
CREATE TABLE kept (id integer PRIMARY KEY, value plain);
