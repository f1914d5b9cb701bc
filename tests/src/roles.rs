//! Two states of a cluster's roles, memberships and grants on parameters.

use std::path::PathBuf;

use crate::{Bench, Db, Pgparity};

/// Statements for any version; those between the marks only for a version that knows them.
const FROM: &str = "
CREATE ROLE attributes LOGIN CREATEDB CONNECTION LIMIT 5 VALID UNTIL '2030-01-01 00:00+00' PASSWORD 'hunter2';
CREATE ROLE loses_all LOGIN CREATEROLE CREATEDB REPLICATION BYPASSRLS NOINHERIT CONNECTION LIMIT 1;
ALTER ROLE attributes SET search_path = a, \"B; b\";
ALTER ROLE attributes SET work_mem = '5MB';
CREATE ROLE dropped; CREATE ROLE team; CREATE ROLE \"Odd; team\";
GRANT team TO attributes;
GRANT team TO dropped WITH ADMIN OPTION;
GRANT \"Odd; team\" TO attributes WITH ADMIN OPTION;
GRANT pg_read_all_data TO attributes;
COMMENT ON ROLE attributes IS 'Before';
COMMENT ON ROLE team IS 'Stays';
CREATE TABLE t (); ALTER TABLE t OWNER TO team; GRANT SELECT ON t TO dropped;
CREATE SCHEMA owned AUTHORIZATION dropped;
";
const TO: &str = "
CREATE ROLE attributes SUPERUSER NOLOGIN NOINHERIT REPLICATION VALID UNTIL '2031-01-01 00:00+00' PASSWORD 'other';
CREATE ROLE loses_all;
ALTER ROLE attributes SET search_path = b;
ALTER ROLE attributes SET app.odd = 'it''s; \"x\"';
CREATE ROLE \"Added; one\" LOGIN BYPASSRLS CONNECTION LIMIT 7; CREATE ROLE team; CREATE ROLE \"Odd; team\";
ALTER ROLE \"Added; one\" SET work_mem = '1MB';
GRANT team TO attributes WITH ADMIN OPTION;
GRANT team TO \"Added; one\";
GRANT \"Odd; team\" TO attributes;
COMMENT ON ROLE attributes IS 'After';
COMMENT ON ROLE team IS 'Stays';
CREATE TABLE t (); ALTER TABLE t OWNER TO \"Added; one\"; GRANT SELECT ON t TO \"Added; one\";
CREATE SCHEMA owned AUTHORIZATION \"Added; one\";
";
const FROM_15: &str = "GRANT SET ON PARAMETER work_mem TO attributes;
GRANT SET, ALTER SYSTEM ON PARAMETER log_min_duration_statement TO team WITH GRANT OPTION;
GRANT SET ON PARAMETER app.custom TO team;";
const TO_15: &str = "GRANT ALTER SYSTEM ON PARAMETER work_mem TO team;
GRANT SET ON PARAMETER log_min_duration_statement TO team;
GRANT SET ON PARAMETER log_statement TO \"Added; one\";";
const FROM_16: &str = "CREATE ROLE grantor LOGIN; CREATE ROLE given; CREATE ROLE member;
GRANT given TO grantor WITH ADMIN OPTION; GRANT given TO member GRANTED BY grantor;
GRANT team TO member WITH INHERIT FALSE, SET TRUE;";
const TO_16: &str = "CREATE ROLE grantor LOGIN; CREATE ROLE given; CREATE ROLE member;
GRANT given TO grantor WITH ADMIN OPTION; GRANT given TO \"Added; one\" WITH SET FALSE GRANTED BY grantor;
GRANT team TO member WITH INHERIT TRUE, SET FALSE, ADMIN TRUE;";

/// Brings the roles as they are.
pub fn load_from(db: &Db<'_>) {
    load(db, [FROM, FROM_15, FROM_16]);
}

/// Brings the roles as they should become.
pub fn load_to(db: &Db<'_>) {
    load(db, [TO, TO_15, TO_16]);
}

fn load(db: &Db<'_>, statements: [&str; 3]) {
    let major = db.cluster().major();
    let known = [14, 15, 16].into_iter().zip(statements).filter(|(since, _)| major >= *since);
    known.for_each(|(_, sql)| db.sql(sql));
}

/// Exports a database with the roles of its cluster into `NAME.json`.
pub fn snapshot(bench: &Bench, db: &Db<'_>, name: &str) -> PathBuf {
    let path = bench.path(&format!("{name}.json"));
    Pgparity::new(["export", "--roles", "--url", &db.url(), "-o"])
        .args([&path])
        .run()
        .expect_status(0);
    path
}
