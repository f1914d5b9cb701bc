CREATE TEXT SEARCH DICTIONARY words (TEMPLATE = snowball, language = english, stopwords = english);
CREATE TEXT SEARCH DICTIONARY plain (TEMPLATE = simple, accept = true, stopwords = 'english');
CREATE TEXT SEARCH DICTIONARY "Other" (TEMPLATE = simple, accept = false);
CREATE TEXT SEARCH DICTIONARY swapped (TEMPLATE = simple);
CREATE TEXT SEARCH DICTIONARY gone (TEMPLATE = simple);
COMMENT ON TEXT SEARCH DICTIONARY words IS 'Stems';
CREATE TEXT SEARCH CONFIGURATION search (PARSER = default);
ALTER TEXT SEARCH CONFIGURATION search ADD MAPPING FOR asciiword, word WITH "Other", words;
ALTER TEXT SEARCH CONFIGURATION search ADD MAPPING FOR numword, email WITH gone;
ALTER TEXT SEARCH CONFIGURATION search ADD MAPPING FOR url WITH plain;
CREATE TEXT SEARCH CONFIGURATION lost (COPY = pg_catalog.german);
CREATE TEXT SEARCH CONFIGURATION swapping (PARSER = default);
ALTER TEXT SEARCH CONFIGURATION swapping ADD MAPPING FOR asciiword WITH swapped;
CREATE TABLE doc (
    id integer PRIMARY KEY,
    body text,
    found tsvector GENERATED ALWAYS AS (to_tsvector('public.search'::regconfig, body)) STORED,
    also tsvector GENERATED ALWAYS AS (to_tsvector('public.swapping'::regconfig, body)) STORED
);
CREATE INDEX doc_body ON doc USING gin (to_tsvector('public.search'::regconfig, body));
CREATE INDEX doc_swapping ON doc USING gin (to_tsvector('public.swapping'::regconfig, body));
