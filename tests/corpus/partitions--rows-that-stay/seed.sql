INSERT INTO a SELECT generate_series(5, 9);
INSERT INTO b SELECT generate_series(5, 9);
INSERT INTO b_1_line SELECT generate_series(5, 9);
INSERT INTO c SELECT generate_series(5, 9);
INSERT INTO d VALUES (50);
