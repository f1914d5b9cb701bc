INSERT INTO a (id, note, mood) SELECT i, 'x' || i, 'ok' FROM generate_series(1, 20) i;
INSERT INTO one.b SELECT i, i FROM generate_series(1, 20) i;
