//! Roles, memberships and grants on parameters: they belong to a cluster, so each side has its own.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at the first surprise")]

use pgparity_tests::{Bench, Cluster, programs, roles};

/// From one cluster to the other and back, and nothing is left to do.
#[test]
fn roles_follow_from_cluster_to_cluster() {
    for major in programs::versions() {
        let (one, other) = (Cluster::start(major), Cluster::start(major));
        let bench = Bench::new();
        let (start, goal) = (one.database("roles"), other.database("roles"));
        roles::load_from(&start);
        roles::load_to(&goal);
        let (from, to) =
            (roles::snapshot(&bench, &start, "from"), roles::snapshot(&bench, &goal, "to"));
        for (wanted, there, name) in [(&to, &from, "forward"), (&from, &to, "back")] {
            let plan = bench.plan(there, wanted, &["--allow", "all"], name);
            start.file(&plan);
            let reached = roles::snapshot(&bench, &start, &format!("{name}-reached"));
            Bench::expect_no_drift(&reached, wanted);
        }
        let text = std::fs::read_to_string(&from).unwrap();
        assert!(!text.contains("hunter2") && !text.contains("SCRAM"), "a password is shown");
    }
}

#[test]
fn roles_are_read_only_when_asked_for_and_compared_only_when_both_have_them() {
    let cluster = Cluster::start(programs::versions()[0]);
    let (bench, db) = (Bench::new(), cluster.database("roles"));
    roles::load_from(&db);
    let (without, with) = (bench.snapshot(&db, "without"), roles::snapshot(&bench, &db, "with"));
    let named = "\"kind\": \"tablespace\"";
    assert!(std::fs::read_to_string(&with).unwrap().contains(named), "tablespaces are named");
    let text = std::fs::read_to_string(&without).unwrap();
    assert!(!text.contains(named), "a tablespace is named without --roles");
    for kind in ["\"role\": [", "\"role_membership\": [", "\"parameter\": ["] {
        assert!(!text.contains(kind), "{kind} is in a snapshot without --roles");
    }
    Bench::expect_no_drift(&without, &with);
    Bench::expect_no_drift(&with, &without);
    bench.expect_empty_plan(&with, &without);
}
