-- The audit trail, one partition a year.

CREATE TABLE audit.events (
    id bigint NOT NULL,
    occurred_at timestamptz NOT NULL DEFAULT now(),
    schema_name name NOT NULL,
    table_name name NOT NULL,
    operation text NOT NULL,
    row_key text,
    old_row jsonb,
    new_row jsonb,
    actor text NOT NULL DEFAULT SESSION_USER,
    client_address inet DEFAULT inet_client_addr(),
    CONSTRAINT events_operation CHECK (operation IN ('INSERT', 'UPDATE', 'DELETE')),
    PRIMARY KEY (id, occurred_at)
) PARTITION BY RANGE (occurred_at);
COMMENT ON TABLE audit.events IS 'Append only: the application may insert, nobody may update';

CREATE SEQUENCE audit.events_id_seq OWNED BY audit.events.id;
ALTER TABLE audit.events ALTER COLUMN id SET DEFAULT nextval('audit.events_id_seq');

CREATE TABLE audit.events_2024 PARTITION OF audit.events
    FOR VALUES FROM ('2024-01-01 00:00+00') TO ('2025-01-01 00:00+00');
CREATE TABLE audit.events_2025 PARTITION OF audit.events
    FOR VALUES FROM ('2025-01-01 00:00+00') TO ('2026-01-01 00:00+00');
CREATE TABLE audit.events_2026 PARTITION OF audit.events
    FOR VALUES FROM ('2026-01-01 00:00+00') TO ('2027-01-01 00:00+00');
CREATE TABLE audit.events_default PARTITION OF audit.events DEFAULT;

CREATE INDEX events_table_idx ON audit.events (table_name, occurred_at DESC);

CREATE FUNCTION audit.record_change() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, audit
AS $$
BEGIN
    INSERT INTO audit.events
        (schema_name, table_name, operation, row_key, old_row, new_row)
    VALUES
        (TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_OP, OLD.id::text, to_jsonb(OLD),
         CASE WHEN TG_OP = 'UPDATE' THEN to_jsonb(NEW) END);
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION audit.record_change() FROM PUBLIC;
COMMENT ON FUNCTION audit.record_change() IS 'Row trigger: writes what an UPDATE or DELETE changed';

CREATE TRIGGER orders_audit AFTER UPDATE OR DELETE ON public.orders
    FOR EACH ROW EXECUTE FUNCTION audit.record_change();
CREATE TRIGGER payments_audit AFTER UPDATE OR DELETE ON billing.payments
    FOR EACH ROW EXECUTE FUNCTION audit.record_change();
CREATE TRIGGER invoices_audit AFTER UPDATE OR DELETE ON billing.invoices
    FOR EACH ROW EXECUTE FUNCTION audit.record_change();
