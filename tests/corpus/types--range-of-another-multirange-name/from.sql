CREATE TYPE span AS RANGE (SUBTYPE = text);
CREATE TABLE spans (id integer PRIMARY KEY, one span, many span_multirange, more span_multirange[], was span);
INSERT INTO spans VALUES (1, '[a,b]', '{[a,b),[c,d)}', ARRAY['{[e,f)}'::span_multirange], '[g,h)'), (2, NULL, NULL, NULL, NULL);
