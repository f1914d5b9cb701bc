//! What a role may not do does not keep it from an export.

use crate::server::{Call, SERVER};

#[test]
fn a_role_with_nothing_but_connect_can_export() {
    let db = SERVER.cluster.database("guarded");
    db.sql(
        "CREATE ROLE guest LOGIN; REVOKE ALL ON DATABASE guarded FROM PUBLIC;
         GRANT CONNECT ON DATABASE guarded TO guest; REVOKE ALL ON SCHEMA public FROM PUBLIC;
         CREATE SCHEMA hidden; CREATE TABLE hidden.t (id integer PRIMARY KEY);
         CREATE TABLE public.u (id integer DEFAULT 1 CHECK (id > 0));",
    );
    let of = |role: &str| {
        let mut call = Call::export(&db.url_as(role));
        let output = call.run();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let without_time = |text: String| {
        text.lines().filter(|l| !l.contains("captured_at")).collect::<Vec<_>>().join("\n")
    };
    let guest = without_time(of("guest"));
    assert!(guest.contains("hidden"), "what the role may not use is described all the same");
    assert_eq!(guest, without_time(of("postgres")), "the snapshot does not depend on the role");
}

#[test]
fn a_role_without_connect_is_told_so() {
    let db = SERVER.cluster.database("closed");
    db.sql("CREATE ROLE outsider LOGIN; REVOKE ALL ON DATABASE closed FROM PUBLIC;");
    Call::export(&db.url_as("outsider")).fails("permission denied for database");
}
