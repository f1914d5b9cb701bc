CREATE TABLE rates (code text PRIMARY KEY);
CREATE FUNCTION factor(wanted text) RETURNS numeric LANGUAGE plpgsql AS $$
BEGIN
  RETURN (SELECT factor FROM rates WHERE code = wanted);
END $$;
