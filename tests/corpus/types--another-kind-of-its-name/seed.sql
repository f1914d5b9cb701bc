INSERT INTO door VALUES (1, 'open', '{open,shut}', 'mail'), (2, 'shut', NULL, 'phone');
INSERT INTO kept VALUES (1, 'shut');
INSERT INTO log VALUES ('open');
