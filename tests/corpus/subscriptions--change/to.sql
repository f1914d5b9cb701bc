CREATE SUBSCRIPTION unchanged CONNECTION 'host=set-by-hand.invalid' PUBLICATION p WITH (connect = false);
CREATE SUBSCRIPTION publications CONNECTION 'host=set-by-hand.invalid' PUBLICATION "Q; odd", p WITH (connect = false);
CREATE SUBSCRIPTION options CONNECTION 'host=set-by-hand.invalid' PUBLICATION p WITH (connect = false, synchronous_commit = 'remote_apply', slot_name = 'other', streaming = off);
CREATE SUBSCRIPTION slots CONNECTION 'host=set-by-hand.invalid' PUBLICATION p WITH (connect = false, slot_name = NONE);
CREATE SUBSCRIPTION "Added; one" CONNECTION 'host=set-by-hand.invalid' PUBLICATION p, q WITH (connect = false, binary, streaming = on, synchronous_commit = local, slot_name = 'its');
CREATE SUBSCRIPTION added_plain CONNECTION 'host=set-by-hand.invalid' PUBLICATION p WITH (connect = false);
COMMENT ON SUBSCRIPTION options IS 'After';
COMMENT ON SUBSCRIPTION unchanged IS 'Stays';
COMMENT ON SUBSCRIPTION added_plain IS 'New';
