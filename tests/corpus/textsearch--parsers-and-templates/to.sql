CREATE TEXT SEARCH PARSER cut (
    START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype,
    HEADLINE = prsd_headline
);
COMMENT ON TEXT SEARCH PARSER cut IS 'Cuts, and makes headlines';
CREATE SCHEMA fresh;
CREATE TEXT SEARCH PARSER fresh.parser (
    START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype
);
CREATE TEXT SEARCH TEMPLATE fresh."Template" (INIT = dsimple_init, LEXIZE = dsimple_lexize);
COMMENT ON TEXT SEARCH TEMPLATE fresh."Template" IS 'New';
CREATE TEXT SEARCH TEMPLATE plain (INIT = dsnowball_init, LEXIZE = dsnowball_lexize);
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = plain, language = 'english');
COMMENT ON TEXT SEARCH DICTIONARY d IS 'Stays';
ALTER TEXT SEARCH DICTIONARY d OWNER TO owner_a;
CREATE TEXT SEARCH CONFIGURATION c (PARSER = cut);
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR asciiword WITH d;
ALTER TEXT SEARCH CONFIGURATION c OWNER TO owner_a;
CREATE TABLE doc (body text);
CREATE INDEX doc_body ON doc USING gin (to_tsvector('public.c'::regconfig, body));
