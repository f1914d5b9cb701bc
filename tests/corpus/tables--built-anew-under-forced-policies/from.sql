CREATE TABLE "odd ""t" (id int, tenant text);
ALTER TABLE "odd ""t" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "odd ""t" FORCE ROW LEVEL SECURITY;
CREATE POLICY p ON "odd ""t" USING (tenant = current_setting('app.tenant', true));
CREATE TABLE "plain's" (id int, tenant text);
