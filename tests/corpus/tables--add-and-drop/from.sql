CREATE TABLE kept (id integer PRIMARY KEY, name text);
CREATE TABLE old_one (id integer PRIMARY KEY, kept_id integer REFERENCES kept);
