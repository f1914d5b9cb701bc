CREATE SUBSCRIPTION origin CONNECTION 'host=set-by-hand.invalid password=x' PUBLICATION p WITH (connect = false, origin = none);
CREATE SUBSCRIPTION password CONNECTION 'host=set-by-hand.invalid' PUBLICATION p WITH (connect = false, password_required = false);
CREATE SUBSCRIPTION run_as CONNECTION 'host=set-by-hand.invalid' PUBLICATION p WITH (connect = false, run_as_owner = true);
CREATE SUBSCRIPTION failover CONNECTION 'host=set-by-hand.invalid' PUBLICATION p WITH (connect = false, failover = true);
CREATE SUBSCRIPTION added CONNECTION 'host=set-by-hand.invalid' PUBLICATION p WITH (connect = false, failover = true, origin = none, run_as_owner = true, password_required = false, streaming = parallel);
