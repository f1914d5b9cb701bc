CREATE DOMAIN amount AS numeric;
CREATE TABLE events (id integer, amount amount);
