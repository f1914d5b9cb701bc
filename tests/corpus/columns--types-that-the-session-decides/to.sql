CREATE DOMAIN local_time AS timestamp;
CREATE TABLE events (
    id integer PRIMARY KEY,
    happened timestamptz,
    "noted at" timestamptz,
    day timestamptz[],
    price money
);
