CREATE TABLE place (id int4range, during daterange, CONSTRAINT place_pkey PRIMARY KEY (id, during));
CREATE TABLE visit (id int4range, during daterange);
