-- Tables that go with what asks them, and with parts that ask that: neither could go first.
CREATE TABLE notes (id integer, body text);
CREATE FUNCTION shown(notes) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
CREATE FUNCTION title(notes) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1.body';
CREATE FUNCTION touched() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
ALTER TABLE notes ADD CONSTRAINT shown CHECK (shown(notes));
CREATE INDEX ON notes (title(notes));
CREATE RULE hidden AS ON INSERT TO notes WHERE NOT shown(NEW) DO INSTEAD NOTHING;
CREATE TRIGGER touched BEFORE INSERT ON notes FOR EACH ROW WHEN (shown(NEW)) EXECUTE FUNCTION touched();
CREATE VIEW public_notes AS SELECT id FROM notes;
CREATE POLICY listed ON notes USING (EXISTS (SELECT FROM public_notes p WHERE p.id = notes.id));

-- Two policies that ask each other's table.
CREATE TABLE teams (id integer, owner integer);
CREATE TABLE members (id integer, team integer);
CREATE POLICY of_members ON teams USING (EXISTS (SELECT FROM members m WHERE m.team = teams.id));
CREATE POLICY of_teams ON members USING (EXISTS (SELECT FROM teams t WHERE t.owner = members.id));

-- One that is built anew.
CREATE TABLE days (day date, n integer);
CREATE VIEW counted AS SELECT day, count(*) AS n FROM days GROUP BY day;
CREATE POLICY counted ON days USING (EXISTS (SELECT FROM counted c WHERE c.day = days.day));
