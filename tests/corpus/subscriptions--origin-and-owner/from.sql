CREATE SUBSCRIPTION origin CONNECTION 'host=set-by-hand.invalid password=x' PUBLICATION p WITH (connect = false);
CREATE SUBSCRIPTION password CONNECTION 'host=set-by-hand.invalid' PUBLICATION p WITH (connect = false);
CREATE SUBSCRIPTION run_as CONNECTION 'host=set-by-hand.invalid' PUBLICATION p WITH (connect = false, streaming = parallel);
CREATE SUBSCRIPTION failover CONNECTION 'host=set-by-hand.invalid' PUBLICATION p WITH (connect = false);
