DO $$ BEGIN
  IF to_regclass('public.people') IS NOT NULL THEN
    INSERT INTO people (nick, score) VALUES ('a', 1), ('b', 2);
    INSERT INTO parts VALUES ('2024-02-01', 5);
  ELSE
    INSERT INTO persons (nickname, points) VALUES ('a', 1), ('b', 2);
    INSERT INTO parts VALUES ('2024-02-01', 5);
  END IF;
  INSERT INTO pets VALUES ('a', 'cat');
END $$;
