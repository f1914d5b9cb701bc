CREATE SUBSCRIPTION two_phase CONNECTION 'host=set-by-hand.invalid' PUBLICATION p WITH (connect = false, two_phase = true);
CREATE SUBSCRIPTION on_error CONNECTION 'host=set-by-hand.invalid' PUBLICATION p WITH (connect = false, disable_on_error = true);
COMMENT ON SUBSCRIPTION two_phase IS 'Stays';
