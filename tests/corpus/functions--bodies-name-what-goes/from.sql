CREATE TABLE rates (code text PRIMARY KEY, factor numeric);
CREATE FUNCTION factor(wanted text) RETURNS numeric LANGUAGE plpgsql AS $$
BEGIN
  RETURN (SELECT factor FROM rates WHERE code = wanted);
END $$;
