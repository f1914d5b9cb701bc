CREATE SUBSCRIPTION unchanged CONNECTION 'host=set-by-hand.invalid' PUBLICATION p WITH (connect = false);
CREATE SUBSCRIPTION publications CONNECTION 'host=set-by-hand.invalid' PUBLICATION p, q WITH (connect = false);
CREATE SUBSCRIPTION options CONNECTION 'host=set-by-hand.invalid' PUBLICATION p WITH (connect = false, binary = true, slot_name = 'mine', streaming = on);
CREATE SUBSCRIPTION slots CONNECTION 'host=set-by-hand.invalid' PUBLICATION p WITH (connect = false);
CREATE SUBSCRIPTION dropped CONNECTION 'host=set-by-hand.invalid' PUBLICATION p WITH (connect = false);
CREATE SUBSCRIPTION dropped_without_slot CONNECTION 'host=set-by-hand.invalid' PUBLICATION p WITH (connect = false, slot_name = NONE);
COMMENT ON SUBSCRIPTION options IS 'Before';
COMMENT ON SUBSCRIPTION unchanged IS 'Stays';
