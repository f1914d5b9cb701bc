CREATE TEXT SEARCH DICTIONARY words (TEMPLATE = snowball, language = english);
CREATE TEXT SEARCH DICTIONARY plain (TEMPLATE = simple, accept = false, stopwords = 'german');
CREATE TEXT SEARCH DICTIONARY "Other" (TEMPLATE = simple, accept = false, stopwords = 'english');
ALTER TEXT SEARCH DICTIONARY "Other" OWNER TO owner_a;
CREATE TEXT SEARCH DICTIONARY swapped (TEMPLATE = snowball, language = german);
CREATE TEXT SEARCH DICTIONARY fresh (TEMPLATE = ispell, afffile = 'ispell_sample', dictfile = 'ispell_sample');
COMMENT ON TEXT SEARCH DICTIONARY words IS 'Stems, all of them';
COMMENT ON TEXT SEARCH DICTIONARY fresh IS 'New';
CREATE TEXT SEARCH CONFIGURATION search (PARSER = default);
ALTER TEXT SEARCH CONFIGURATION search ADD MAPPING FOR asciiword WITH words, "Other", fresh;
ALTER TEXT SEARCH CONFIGURATION search ADD MAPPING FOR word WITH "Other", words;
ALTER TEXT SEARCH CONFIGURATION search ADD MAPPING FOR numword, int, version WITH fresh;
ALTER TEXT SEARCH CONFIGURATION search OWNER TO owner_b;
COMMENT ON TEXT SEARCH CONFIGURATION search IS 'For documents';
CREATE TEXT SEARCH CONFIGURATION empty (PARSER = default);
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
