CREATE TEXT SEARCH PARSER cut (
    START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype
);
CREATE TEXT SEARCH PARSER lost (
    START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype
);
COMMENT ON TEXT SEARCH PARSER cut IS 'Cuts';
CREATE TEXT SEARCH TEMPLATE plain (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH TEMPLATE gone (LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = plain);
COMMENT ON TEXT SEARCH DICTIONARY d IS 'Stays';
ALTER TEXT SEARCH DICTIONARY d OWNER TO owner_a;
CREATE TEXT SEARCH CONFIGURATION c (PARSER = cut);
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR asciiword WITH d;
ALTER TEXT SEARCH CONFIGURATION c OWNER TO owner_a;
CREATE TABLE doc (body text);
CREATE INDEX doc_body ON doc USING gin (to_tsvector('public.c'::regconfig, body));
