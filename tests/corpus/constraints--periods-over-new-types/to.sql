CREATE TABLE place (id int8range, during daterange, CONSTRAINT place_pkey PRIMARY KEY (id, during WITHOUT OVERLAPS));
CREATE TABLE visit (id int8range, during daterange,
    CONSTRAINT visit_place FOREIGN KEY (id, PERIOD during) REFERENCES place (id, PERIOD during));
