-- A marketplace for tradespeople as both environments knew it at release 14.

DO $$
BEGIN
    -- Roles belong to the cluster: the other environment may have made it already.
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'marketplace_app') THEN
        CREATE ROLE marketplace_app NOLOGIN;
    END IF;
END
$$;

CREATE TYPE activity_kind AS ENUM (
    'job_posted', 'quote_sent', 'quote_accepted', 'booking_made', 'message_sent', 'review_left'
);
CREATE TYPE job_stage AS ENUM ('open', 'quoted', 'booked', 'in_progress', 'done', 'closed');
CREATE TYPE license_state AS ENUM ('submitted', 'verified', 'rejected', 'expired');

CREATE FUNCTION touch() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END
$$;

CREATE TABLE regions (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code varchar(8) NOT NULL UNIQUE,
    name text NOT NULL,
    parent_id integer REFERENCES regions
);

CREATE TABLE service_categories (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    slug varchar(40) NOT NULL UNIQUE,
    name text NOT NULL,
    requires_license boolean NOT NULL DEFAULT false,
    position integer NOT NULL DEFAULT 0
);

CREATE TABLE clients (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email text NOT NULL,
    display_name text NOT NULL,
    phone varchar(32),
    region_id integer REFERENCES regions,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX clients_email_idx ON clients (lower(email));
CREATE TRIGGER clients_touch BEFORE UPDATE ON clients
    FOR EACH ROW EXECUTE FUNCTION touch();

CREATE TABLE providers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email text NOT NULL,
    business_name text NOT NULL,
    contact_name text NOT NULL,
    phone varchar(32),
    region_id integer NOT NULL REFERENCES regions,
    active boolean NOT NULL DEFAULT true,
    rating numeric(3, 2) CHECK (rating BETWEEN 1 AND 5),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE providers IS 'Tradespeople and their businesses';
CREATE UNIQUE INDEX providers_email_idx ON providers (lower(email));
CREATE INDEX providers_region_idx ON providers (region_id) WHERE active;
CREATE TRIGGER providers_touch BEFORE UPDATE ON providers
    FOR EACH ROW EXECUTE FUNCTION touch();

CREATE TABLE licenses (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    provider_id bigint NOT NULL REFERENCES providers ON DELETE CASCADE,
    category_id integer NOT NULL REFERENCES service_categories,
    license_number varchar(40) NOT NULL,
    issued_by text NOT NULL,
    issued_on date,
    expires_on date,
    state license_state NOT NULL DEFAULT 'submitted',
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (issued_by, license_number),
    CHECK (expires_on > issued_on)
);
CREATE INDEX licenses_provider_idx ON licenses (provider_id, category_id) INCLUDE (expires_on);

CREATE TABLE services (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    provider_id bigint NOT NULL REFERENCES providers ON DELETE CASCADE,
    category_id integer NOT NULL REFERENCES service_categories,
    title text NOT NULL,
    hourly_rate numeric(8, 2),
    details jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX services_category_idx ON services (category_id, hourly_rate);

CREATE TABLE jobs (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    client_id bigint NOT NULL REFERENCES clients,
    category_id integer NOT NULL REFERENCES service_categories,
    region_id integer NOT NULL REFERENCES regions,
    stage job_stage NOT NULL DEFAULT 'open',
    title text NOT NULL,
    description text NOT NULL,
    budget numeric(10, 2),
    wanted_on date,
    posted_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX jobs_open_idx ON jobs (region_id, category_id, posted_at DESC) WHERE stage = 'open';
CREATE TRIGGER jobs_touch BEFORE UPDATE ON jobs
    FOR EACH ROW EXECUTE FUNCTION touch();

CREATE TABLE quotes (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job_id bigint NOT NULL REFERENCES jobs ON DELETE CASCADE,
    provider_id bigint NOT NULL REFERENCES providers,
    amount numeric(10, 2) NOT NULL CHECK (amount > 0),
    message text,
    valid_until date,
    accepted_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (job_id, provider_id)
);
CREATE UNIQUE INDEX quotes_one_accepted_idx ON quotes (job_id) WHERE accepted_at IS NOT NULL;

CREATE TABLE bookings (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    quote_id bigint NOT NULL UNIQUE REFERENCES quotes DEFERRABLE INITIALLY DEFERRED,
    during tstzrange NOT NULL,
    address text NOT NULL,
    cancelled_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX bookings_during_idx ON bookings USING gist (during);

CREATE TABLE messages (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job_id bigint NOT NULL REFERENCES jobs ON DELETE CASCADE,
    from_provider_id bigint REFERENCES providers,
    from_client_id bigint REFERENCES clients,
    body text NOT NULL,
    read_at timestamptz,
    sent_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT messages_one_sender CHECK (num_nonnulls(from_provider_id, from_client_id) = 1)
);
CREATE INDEX messages_job_idx ON messages (job_id, sent_at);

CREATE TABLE reviews (
    booking_id bigint PRIMARY KEY REFERENCES bookings ON DELETE CASCADE,
    stars smallint NOT NULL CHECK (stars BETWEEN 1 AND 5),
    body text,
    answer text,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE activities (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job_id bigint NOT NULL REFERENCES jobs ON DELETE CASCADE,
    kind activity_kind NOT NULL,
    details jsonb NOT NULL DEFAULT '{}',
    happened_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX activities_job_idx ON activities (job_id, happened_at DESC);

CREATE VIEW active_providers AS
SELECT p.id, p.business_name, p.rating, r.name AS region, count(l.id) AS verified_licenses
FROM providers AS p
JOIN regions AS r ON r.id = p.region_id
LEFT JOIN licenses AS l ON l.provider_id = p.id AND l.state = 'verified'
WHERE p.active
GROUP BY p.id, r.id;

GRANT USAGE ON SCHEMA public TO marketplace_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO marketplace_app;

INSERT INTO regions (code, name, parent_id) VALUES
    ('N', 'North', NULL), ('S', 'South', NULL), ('N-1', 'Harbour district', 1);
INSERT INTO service_categories (slug, name, requires_license, position) VALUES
    ('electrics', 'Electrical work', true, 1), ('plumbing', 'Plumbing', true, 2), ('painting', 'Painting', false, 3);
INSERT INTO clients (email, display_name, region_id) VALUES
    ('ella@mail.example', 'Ella', 3), ('marc@mail.example', 'Marc', 2);
INSERT INTO providers (email, business_name, contact_name, region_id, rating) VALUES
    ('post@voltwerk.example', 'Voltwerk', 'Sina Hahn', 1, 4.80),
    ('hello@clearpipe.example', 'Clear Pipe', 'Owen Price', 2, 4.10),
    ('info@farbton.example', 'Farbton', 'Ali Demir', 1, NULL);
INSERT INTO licenses (provider_id, category_id, license_number, issued_by, issued_on, expires_on, state) VALUES
    (1, 1, 'E-20418', 'Chamber of Crafts', '2023-04-01', '2028-04-01', 'verified'),
    (2, 2, 'P-7781', 'Chamber of Crafts', '2022-09-15', '2027-09-15', 'submitted');
INSERT INTO services (provider_id, category_id, title, hourly_rate) VALUES
    (1, 1, 'Wiring of old houses', 68.00), (2, 2, 'Bathrooms', 61.50), (3, 3, 'Facades', 44.00);
INSERT INTO jobs (client_id, category_id, region_id, stage, title, description, budget, posted_at) VALUES
    (1, 1, 3, 'booked', 'New fuse box', 'The old one is from 1974.', 1200, '2026-05-02 08:00+00'),
    (2, 3, 2, 'open', 'Paint the stairwell', 'Three floors.', 900, '2026-05-20 08:00+00');
INSERT INTO quotes (job_id, provider_id, amount, accepted_at) VALUES (1, 1, 1150, '2026-05-04 10:00+00');
INSERT INTO bookings (quote_id, during, address) VALUES
    (1, '[2026-05-11 07:00+00,2026-05-11 15:00+00)', 'Kaistrasse 4');
INSERT INTO messages (job_id, from_client_id, body) VALUES (1, 1, 'Is the power off all day?');
INSERT INTO reviews (booking_id, stars, body) VALUES (1, 5, 'On time and tidy.');
INSERT INTO activities (job_id, kind) VALUES (1, 'job_posted'), (1, 'quote_sent'), (1, 'booking_made');
