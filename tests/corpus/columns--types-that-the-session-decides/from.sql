CREATE DOMAIN local_time AS timestamp;
CREATE TABLE events (
    id integer PRIMARY KEY,
    happened timestamp,
    "noted at" local_time,
    day date[],
    price numeric(12,2)
);
