-- Release 15 of the marketplace: provider onboarding, payments, notifications. Goes on top of
-- base.sql; nothing of it has reached production.

-- Onboarding asks providers far more than before. All of it may be unknown for the old ones.
ALTER TABLE providers
    ADD COLUMN legal_name text,
    ADD COLUMN legal_form varchar(40),
    ADD COLUMN tax_number varchar(32),
    ADD COLUMN vat_number varchar(20),
    ADD COLUMN street text,
    ADD COLUMN postal_code varchar(16),
    ADD COLUMN city text,
    ADD COLUMN country_code char(2),
    ADD COLUMN website text,
    ADD COLUMN founded_on date,
    ADD COLUMN employee_count integer,
    ADD COLUMN insurance_company text,
    ADD COLUMN insurance_policy_number varchar(40),
    ADD COLUMN insurance_expires_on date,
    ADD COLUMN travel_radius_km smallint,
    ADD COLUMN languages text[],
    ADD COLUMN opening_hours jsonb,
    ADD COLUMN profile_photo_path text,
    ADD COLUMN onboarding_step text,
    ADD COLUMN onboarded_at timestamptz;
COMMENT ON COLUMN providers.onboarding_step IS 'Where the assistant resumes; null when finished';

ALTER TABLE licenses
    ADD COLUMN document_path text,
    ADD COLUMN verified_at timestamptz;

CREATE TABLE payment_methods (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    provider_id bigint REFERENCES providers ON DELETE CASCADE,
    client_id bigint REFERENCES clients ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('card', 'sepa', 'paypal')),
    gateway_token varchar(80) NOT NULL,
    label text,
    last4 char(4),
    expires_on date,
    is_default boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT payment_methods_one_owner CHECK (num_nonnulls(provider_id, client_id) = 1)
);
COMMENT ON TABLE payment_methods IS 'Tokens of the payment gateway; no card numbers';
CREATE UNIQUE INDEX payment_methods_token_idx ON payment_methods (gateway_token);
CREATE INDEX payment_methods_provider_idx ON payment_methods (provider_id);
CREATE INDEX payment_methods_client_idx ON payment_methods (client_id);
CREATE UNIQUE INDEX payment_methods_provider_default_idx ON payment_methods (provider_id)
    WHERE is_default AND provider_id IS NOT NULL;
CREATE UNIQUE INDEX payment_methods_client_default_idx ON payment_methods (client_id)
    WHERE is_default AND client_id IS NOT NULL;
CREATE TRIGGER payment_methods_touch BEFORE UPDATE ON payment_methods
    FOR EACH ROW EXECUTE FUNCTION touch();
GRANT SELECT, INSERT, UPDATE, DELETE ON payment_methods TO marketplace_app;

ALTER TYPE activity_kind ADD VALUE 'stage_changed';

-- The default names the new value, which PostgreSQL refuses in the transaction that adds it.
CREATE TABLE notifications (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    client_id bigint REFERENCES clients ON DELETE CASCADE,
    provider_id bigint REFERENCES providers ON DELETE CASCADE,
    activity_id bigint REFERENCES activities ON DELETE SET NULL,
    kind activity_kind NOT NULL DEFAULT 'stage_changed',
    channels jsonb NOT NULL DEFAULT '{"email": true, "push": true, "sms": false}',
    payload jsonb NOT NULL DEFAULT '{}',
    quiet_hours jsonb NOT NULL DEFAULT '{"from": "22:00", "until": "07:00", "days": [0, 6]}',
    sent_at timestamptz,
    read_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT notifications_channels_object CHECK (jsonb_typeof(channels) = 'object')
);
CREATE INDEX notifications_unread_idx ON notifications (client_id, created_at DESC)
    WHERE read_at IS NULL;
CREATE INDEX notifications_payload_idx ON notifications USING gin (payload);
GRANT SELECT, INSERT, UPDATE, DELETE ON notifications TO marketplace_app;

ANALYZE;
