CREATE TYPE span AS RANGE (SUBTYPE = text, MULTIRANGE_TYPE_NAME = spans_of_text);
CREATE TABLE spans (id integer PRIMARY KEY, one span, many spans_of_text, more spans_of_text[], was text);
INSERT INTO spans VALUES (1, '[a,b]', '{[a,b),[c,d)}', ARRAY['{[e,f)}'::spans_of_text], '[g,h)'), (2, NULL, NULL, NULL, NULL);
