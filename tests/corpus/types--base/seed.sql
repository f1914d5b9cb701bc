INSERT INTO t VALUES
    (1, 'x', '{a,b}', '5', '6', ARRAY['1', '2']::small[], ROW('8', 'z'), 'one'),
    (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
