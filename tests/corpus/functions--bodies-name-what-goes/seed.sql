INSERT INTO rates (code) VALUES ('a');
