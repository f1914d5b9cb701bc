//! Event triggers that a plan sets off: its notes tell the commands that the server tells them.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use pgparity_tests::{Bench, each_version};

const EVENTS: [&str; 4] = ["ddl_command_start", "ddl_command_end", "sql_drop", "table_rewrite"];

/// Cases of the corpus with many kinds of commands.
const CASES: [&str; 20] = [
    "attached--owners-grants-comments",
    "columns--several-types-in-one-rewrite",
    "columns--identity",
    "comments--everywhere",
    "constraints--check",
    "database--settings-and-grants",
    "foreign--servers",
    "functions--procedures-and-aggregates",
    "grants--on-everything",
    "kinds--from-nothing",
    "large-objects--grants-and-comments",
    "operators--change",
    "partitions--attach-and-detach",
    "policies--change",
    "publications--tables",
    "rules--change",
    "textsearch--configurations",
    "triggers--change",
    "types--base",
    "types--domain",
];

fn writing() -> String {
    let trigger = |event| {
        format!("CREATE EVENT TRIGGER z_{event} ON {event} EXECUTE FUNCTION counting.tell();")
    };
    let triggers: String = EVENTS.iter().map(trigger).collect();
    format!(
        "CREATE SCHEMA counting; CREATE TABLE counting.told (event text, tag text);
         CREATE FUNCTION counting.tell() RETURNS event_trigger LANGUAGE plpgsql AS
         'BEGIN INSERT INTO counting.told VALUES (TG_EVENT, TG_TAG); END';
         GRANT ALL ON SCHEMA counting TO PUBLIC; GRANT ALL ON counting.told TO PUBLIC; {triggers}"
    )
}

/// The commands that the notes of a script tell, by event.
fn noted(script: &str) -> BTreeMap<&str, BTreeSet<&str>> {
    let notes = script.lines().filter_map(|line| line.strip_prefix("-- Note: event trigger z_"));
    let told = notes.map(|note| {
        let (start, commands) = note.rsplit_once(": ").unwrap();
        (start.split(' ').next().unwrap(), commands.split(", ").collect())
    });
    told.collect()
}

#[test]
fn a_plan_tells_what_the_server_tells_event_triggers() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    each_version(|cluster| {
        for (case, sides) in
            CASES.iter().flat_map(|case| [(case, ["from", "to"]), (case, ["to", "from"])])
        {
            let bench = Bench::new();
            let [from, to] = ["from", "to"].map(|side| cluster.database(&format!("events_{side}")));
            for (db, side) in [(&from, sides[0]), (&to, sides[1])] {
                db.file(corpus.join(case).join(format!("{side}.sql")));
                db.sql(&writing());
            }
            let snapshots = [bench.snapshot(&from, "from"), bench.snapshot(&to, "to")];
            let plan = bench.plan(&snapshots[0], &snapshots[1], &["--allow", "all"], "plan");
            from.sql("TRUNCATE counting.told");
            from.file(&plan);
            let script = fs::read_to_string(&plan).unwrap();
            let noted = noted(&script);
            let rows = from.query("SELECT DISTINCT event, tag FROM counting.told");
            for event in EVENTS {
                let fired = rows.iter().filter(|row| row[0] == event).map(|row| row[1].as_str());
                let fired: BTreeSet<&str> = fired.collect();
                let told = noted.get(event).cloned().unwrap_or_default();
                assert!(fired.is_subset(&told), "{case} {event}: {fired:?} of {told:?}\n{script}");
                let certain = event.starts_with("ddl");
                assert!(
                    !certain || fired == told,
                    "{case} {event}: {fired:?} != {told:?}\n{script}"
                );
            }
        }
    });
}

#[test]
fn what_is_off_or_for_other_commands_is_not_told() {
    each_version(|cluster| {
        let bench = Bench::new();
        let [from, to] = ["from", "to"].map(|side| cluster.database(&format!("silent_{side}")));
        for (db, column) in [(&from, ""), (&to, ", b integer")] {
            db.sql(&format!(
                "CREATE TABLE t (a integer{column});
                 CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
                 CREATE EVENT TRIGGER z_off ON ddl_command_start EXECUTE FUNCTION f();
                 ALTER EVENT TRIGGER z_off DISABLE;
                 CREATE EVENT TRIGGER z_replica ON ddl_command_start EXECUTE FUNCTION f();
                 ALTER EVENT TRIGGER z_replica ENABLE REPLICA;
                 CREATE EVENT TRIGGER z_views ON ddl_command_start WHEN TAG IN ('CREATE VIEW')
                     EXECUTE FUNCTION f();
                 CREATE EVENT TRIGGER z_drops ON sql_drop EXECUTE FUNCTION f();
                 CREATE EVENT TRIGGER z_tables ON ddl_command_end WHEN TAG IN ('ALTER TABLE')
                     EXECUTE FUNCTION f();"
            ));
        }
        from.sql("CREATE EVENT TRIGGER z_goes ON ddl_command_start EXECUTE FUNCTION f();");
        let snapshots = [bench.snapshot(&from, "from"), bench.snapshot(&to, "to")];
        let plan = bench.plan(&snapshots[0], &snapshots[1], &["--allow", "all"], "plan");
        let script = fs::read_to_string(&plan).unwrap();
        let only = BTreeMap::from([("tables", BTreeSet::from(["ALTER TABLE"]))]);
        assert_eq!(noted(&script), only, "{script}");
        assert!(script.contains("z_tables runs public.f() at ddl_command_end of 1 step, and"));
    });
}
