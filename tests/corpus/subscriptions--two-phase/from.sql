CREATE SUBSCRIPTION two_phase CONNECTION 'host=set-by-hand.invalid' PUBLICATION p WITH (connect = false);
CREATE SUBSCRIPTION on_error CONNECTION 'host=set-by-hand.invalid' PUBLICATION p WITH (connect = false);
COMMENT ON SUBSCRIPTION two_phase IS 'Stays';
