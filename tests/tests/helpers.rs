//! The helpers themselves: a cluster starts, serves, and is gone when it is dropped.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use std::net::TcpStream;

use pgparity_tests::{Cluster, each_version, programs};

#[test]
fn a_database_takes_sql_and_answers() {
    each_version(|cluster| {
        let db = cluster.database("a \"weird\" name;--<b>\nof a database");
        db.sql("CREATE TABLE t (a int, b text); INSERT INTO t VALUES (1, E'x\\ny'), (2, NULL);");
        let rows = db.query("SELECT a, b FROM t ORDER BY a");
        assert_eq!(rows, [["1", "x\ny"], ["2", ""]]);
        assert_eq!(db.query("SELECT 1 WHERE false"), Vec::<Vec<String>>::new());
        assert_eq!(db.value("SHOW server_version_num")[..2], cluster.major().to_string());
        assert!(db.schema().iter().any(|statement| statement.starts_with("CREATE TABLE public.t")));
        assert!(!db.try_sql("SELECT wrong").status.success());
    });
}

#[test]
fn equal_schemas_have_equal_dumps_whatever_the_order() {
    each_version(|cluster| {
        let (one, other) = (cluster.database("helpers_one"), cluster.database("helpers_other"));
        one.sql("CREATE TABLE a (x int, y text); CREATE VIEW v AS SELECT y FROM a;");
        other.sql("CREATE TABLE a (y text, x int); CREATE VIEW v AS SELECT y FROM a;");
        assert_eq!(one.schema_difference(&other), None);
        other.sql("ALTER TABLE a ALTER x SET NOT NULL");
        assert!(one.schema_difference(&other).unwrap().contains("x integer NOT NULL"));
    });
}

#[test]
fn a_dropped_cluster_is_gone() {
    let cluster = Cluster::start(programs::versions()[0]);
    let (port, folder) = (cluster.port(), cluster.socket_folder().to_path_buf());
    assert!(TcpStream::connect(("127.0.0.1", port)).is_ok());
    drop(cluster);
    assert!(TcpStream::connect(("127.0.0.1", port)).is_err());
    assert!(!folder.exists());
}
