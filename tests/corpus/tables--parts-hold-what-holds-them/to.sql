CREATE TABLE days (day date, n integer) PARTITION BY RANGE (day);
CREATE TABLE days_all PARTITION OF days DEFAULT;
CREATE VIEW counted AS SELECT day, count(*) AS n FROM days GROUP BY day;
CREATE POLICY counted ON days USING (EXISTS (SELECT FROM counted c WHERE c.day = days.day));
