//! `pgparity check` and `policy init`: what an environment must have, what may differ, and until when.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

mod formats;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use pgparity_tests::{
    Bench, Cluster, Db, Pgparity, Run, console, dump, each_version, hostile_names, programs,
    workspace,
};
use serde_json::{Value, json};

/// Checks a snapshot, file or URL; the status is for the caller to judge.
fn check(what: impl AsRef<std::ffi::OsStr>, policy: &Path, options: &[&str]) -> Run {
    Pgparity::new(["check"])
        .args([what])
        .args(["--policy".as_ref(), policy.as_os_str()])
        .args(options)
        .run()
}

/// The report as data.
fn report(
    what: impl AsRef<std::ffi::OsStr>,
    policy: &Path,
    options: &[&str],
    status: i32,
) -> Value {
    let run = check(what, policy, &[&["--format", "json"][..], options].concat());
    run.expect_status(status).json()
}

/// The sentences of a report, of everything that is wrong.
fn messages(report: &Value) -> Vec<String> {
    let violations = |rule: &Value| rule["violations"].as_array().unwrap().clone();
    let rules = report["rules"].as_array().unwrap();
    rules.iter().flat_map(violations).map(|it| it["message"].as_str().unwrap().to_owned()).collect()
}

fn init(snapshot: &Path, bench: &Bench, name: &str) -> PathBuf {
    let policy = bench.path(name);
    let run = Pgparity::new(["policy", "init"]).args([snapshot]).args(["-o"]).args([&policy]).run();
    run.expect_status(0);
    policy
}

fn oldest(name: &str) -> Db<'static> {
    Cluster::shared(programs::versions()[0]).database(name)
}

/// The history that Django keeps, up to a number of migrations.
fn history(db: &Db<'_>, applied: usize) {
    db.sql("CREATE TABLE django_migrations (id bigint PRIMARY KEY, app varchar(255) NOT NULL, name varchar(255) NOT NULL, applied timestamptz NOT NULL)");
    for at in 1..=applied {
        db.sql(&format!(
            "INSERT INTO django_migrations VALUES ({at}, 'shop', '{at:04}_step', now())"
        ));
    }
}

/// What development has: six tables, of which production lacks one, and 20 columns of the others.
fn development(name: &str) -> Db<'static> {
    let db = oldest(name);
    db.sql(
        "CREATE TYPE channel AS ENUM ('mail', 'sms', 'push');
         CREATE TABLE notifications (id bigint PRIMARY KEY, channel channel NOT NULL, sent_at timestamptz);
         DO $$ BEGIN
           FOR t IN 1..5 LOOP
             EXECUTE format('CREATE TABLE t%s (id bigint PRIMARY KEY, kept text)', t);
             FOR c IN 1..4 LOOP
               EXECUTE format('ALTER TABLE t%s ADD COLUMN late_%s numeric(10,2) NOT NULL', t, c);
             END LOOP;
           END LOOP;
         END $$;",
    );
    db
}

/// Production, four migrations behind.
fn production(name: &str) -> Db<'static> {
    let db = oldest(name);
    db.sql(
        "CREATE TYPE channel AS ENUM ('mail', 'sms');
         DO $$ BEGIN
           FOR t IN 1..5 LOOP
             EXECUTE format('CREATE TABLE t%s (id bigint PRIMARY KEY, kept text)', t);
           END LOOP;
         END $$;",
    );
    db
}

#[test]
fn the_case_that_started_this_project_is_told_right() {
    let bench = Bench::new();
    let (dev, prod) = (development("check_case_dev"), production("check_case_prod"));
    history(&dev, 6);
    history(&prod, 2);
    let policy = init(&bench.snapshot(&dev, "dev"), &bench, "pgparity.toml");
    let told = report(prod.url(), &policy, &["--environment", "production"], 1);
    let mut expected = vec![
        "table public.notifications is missing, with its 3 columns".to_owned(),
        "enum type public.channel lacks the value 'push'".to_owned(),
    ];
    for table in 1..=5 {
        expected.extend((1..=4).map(|at| format!("column public.t{table}.late_{at} is missing")));
    }
    let mut found = messages(&told);
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
    assert_eq!(told["verdict"]["errors"], 22);
    // The project's migrations tell why: four of them are not applied.
    let folder = bench.path("shop/migrations");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("__init__.py"), "").unwrap();
    for at in 1..=6 {
        let text = "from django.db import migrations\n\nclass Migration(migrations.Migration):\n    pass\n";
        fs::write(folder.join(format!("{at:04}_step.py")), text).unwrap();
    }
    let steps = "shop.0003_step, shop.0004_step, shop.0005_step, shop.0006_step";
    let behind =
        |what: &str| format!("public.django_migrations: 4 migrations behind {what}: {steps}");
    let folder = folder.to_str().unwrap();
    let told = report(prod.url(), &policy, &["--migrations", folder], 1);
    assert!(messages(&told).contains(&behind(folder)), "{:?}", messages(&told));
    assert_eq!(told["verdict"]["errors"], 23);
    // What somebody answers for passes until its day has passed.
    let waiver = "\n[[waivers]]\nfinding = \"pending_migrations\"\ntool = \"django\"\n\
                  identity = \"public.django_migrations\"\nreason = \"r\"\nowner = \"o\"\n\
                  expires = 2030-06-30\n";
    let waived = bench.write("waived.toml", format!("version = 1\n{waiver}"));
    let at = |day: &str, status| {
        let told = report(prod.url(), &waived, &["--migrations", folder, "--as-of", day], status);
        let rules = told["rules"].as_array().unwrap().iter();
        let statuses: Vec<Value> = rules.map(|rule| rule["status"].clone()).collect();
        (told["verdict"]["errors"].as_u64(), told["verdict"]["waived"].as_u64(), statuses)
    };
    assert_eq!(at("2030-06-30", 0), (Some(0), Some(1), vec!["waived".into(); 2]));
    assert_eq!(at("2030-07-01", 1), (Some(2), Some(0), vec!["waiver_expired".into(); 2]));
    // Development itself tells the same.
    let dev_file = bench.snapshot(&dev, "check_dev");
    let told = report(prod.url(), &policy, &["--against", dev_file.to_str().unwrap()], 1);
    let label = told["against"]["label"].as_str().unwrap();
    assert!(messages(&told).contains(&behind(label)), "{:?}", messages(&told));
    let told = report(&dev_file, &policy, &["--migrations", folder], 0);
    assert_eq!(messages(&told), Vec::<String>::new());
    // Lenient where people try things: the same, as warnings.
    let told = report(prod.url(), &policy, &["--environment", "development"], 0);
    assert_eq!((&told["verdict"]["errors"], &told["verdict"]["warnings"]), (&0.into(), &22.into()));
    // As development is, nothing is wrong.
    let told = report(dev.url(), &policy, &["--environment", "production"], 0);
    assert_eq!(messages(&told), Vec::<String>::new());
}

#[test]
fn the_status_tells_errors_from_what_could_not_be_checked() {
    let bench = Bench::new();
    let prod = production("check_status");
    let snapshot = bench.snapshot(&prod, "prod");
    let policy = |name: &str, rules: &str| bench.write(name, format!("version = 1\n{rules}"));
    let fine = policy("fine.toml", "[tables.\"public.t1\"]\n");
    let strict = policy("strict.toml", "[tables.\"public.gone\"]\n");
    let lenient =
        policy("lenient.toml", "[severity]\nmissing = \"warning\"\n[tables.\"public.gone\"]\n");
    check(&snapshot, &fine, &[]).expect_status(0);
    check(&snapshot, &strict, &[]).expect_status(1);
    check(&snapshot, &lenient, &[]).expect_status(0);
    for (what, policy, options) in [
        (bench.path("no-such.json"), &fine, &[][..]),
        (snapshot.clone(), &bench.path("no-such.toml"), &[]),
        (snapshot.clone(), &snapshot, &[]),
        (fine.clone(), &fine, &[]),
        (snapshot.clone(), &fine, &["--environment", "production"]),
        (snapshot.clone(), &fine, &["--format", "runes"]),
        (snapshot.clone(), &fine, &["--as-of", "soon"]),
        (snapshot.clone(), &fine, &["-o", "no/such/folder/report.txt"]),
    ] {
        let run = check(&what, policy, options).expect_status(2);
        assert!(run.stdout.is_empty() && !run.stderr.is_empty(), "{what:?} {options:?}");
    }
    // Where nothing else is said, the policy is that of the folder.
    bench.write("pgparity.toml", "version = 1\n[tables.\"public.gone\"]\n");
    let here = Pgparity::new(["check", "prod.json"]).current_dir(bench.path("")).run();
    assert!(here.expect_status(1).text().contains("pgparity.toml:2"), "the line of the rule");
}

#[test]
fn mistakes_in_a_policy_are_told_with_line_and_suggestion() {
    let bench = Bench::new();
    let snapshot = workspace::root().join("web/samples/production.json");
    let told = |text: &str| {
        let policy = bench.write("wrong.toml", text);
        check(&snapshot, &policy, &[]).expect_status(2).stderr
    };
    let column = "version = 1\n\n[tables.\"public.orders\".columns]\nid = { nulable = false }\n";
    let stderr = told(column);
    assert!(
        stderr.contains("wrong.toml:4:8: ") && stderr.contains("did you mean `nullable`?"),
        "{stderr}"
    );
    let stderr = told("version = 1\n[[forbid]]\nkind = \"viw\"\nidentity = \"*\"\n");
    assert!(
        stderr.contains("wrong.toml:3:8: ") && stderr.contains("did you mean `view`?"),
        "{stderr}"
    );
    let stderr = told("version = 1\nallow = [\n");
    assert!(stderr.contains("wrong.toml:"), "{stderr}");
    let stderr = told("version = 1\n[tables.\"Public.Orders\"]\n[tables.orders]\n");
    assert!(
        stderr.contains("\"Public\".\"Orders\"") && stderr.contains("public.orders"),
        "{stderr}"
    );
    let policy = bench.write("environments.toml", "version = 1\n[environment.production]\n");
    let stderr = check(&snapshot, &policy, &["--environment", "prodution"]).expect_status(2).stderr;
    assert!(stderr.contains("did you mean `production`?"), "{stderr}");
}

#[test]
fn a_waiver_holds_until_its_day_has_passed() {
    let bench = Bench::new();
    let prod = production("check_waivers");
    let policy = bench.write(
        "pgparity.toml",
        "version = 1\n[tables.\"public.gone\"]\n[[waivers]]\nkind = \"table\"\nidentity = \"public.gone\"\n\
         reason = \"comes later\"\nowner = \"shop team\"\nexpires = 2031-05-31\n",
    );
    let at = |day: &str, status| {
        let told = report(prod.url(), &policy, &["--as-of", day], status);
        (told["rules"][0]["status"].clone(), told["rules"][1]["status"].clone())
    };
    assert_eq!(at("2031-05-31", 0), ("waived".into(), "waived".into()));
    assert_eq!(at("2031-06-01", 1), ("waiver_expired".into(), "waiver_expired".into()));
    let text = check(prod.url(), &policy, &["--as-of", "2031-05-31"]).expect_status(0);
    assert!(
        text.text().contains("waived until 2031-05-31 by shop team: comes later"),
        "{}",
        text.text()
    );
    // Without a day it is today's: the clock stands before 2031 and after 2020.
    check(prod.url(), &policy, &[]).expect_status(0);
    let old = fs::read_to_string(&policy).unwrap().replace("2031", "2020");
    check(prod.url(), &bench.write("old.toml", old), &[]).expect_status(1);
}

#[test]
fn whatever_can_be_compared_can_be_checked() {
    let bench = Bench::new();
    let prod = production("check_inputs");
    let snapshot = bench.snapshot(&prod, "prod");
    let policy = init(&snapshot, &bench, "pgparity.toml");
    let text = fs::read(&snapshot).unwrap();
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(&text).unwrap();
    let gzipped = bench.write("prod.json.gz", encoder.finish().unwrap());
    let zstandard = bench.write("prod.json.zst", zstd::encode_all(&*text, 0).unwrap());
    let sql = bench.path("rows.sql");
    Pgparity::new(["export", "--print-sql", "-o"]).args([&sql]).run().expect_status(0);
    let rows = bench.write("rows.jsonl", prod.try_file(&sql).stdout);
    let count = |run: Run| {
        let verdict = run.expect_status(0).json()["verdict"].clone();
        assert!(verdict["rules"]["passed"].as_u64().unwrap() > 10, "{verdict}");
        verdict
    };
    let direct = count(check(&snapshot, &policy, &["--format", "json"]));
    for other in [&gzipped, &zstandard, &rows] {
        assert_eq!(count(check(other, &policy, &["--format", "json"])), direct, "{other:?}");
    }
    let policy_option = policy.to_str().unwrap();
    let piped = ["check", "-", "--policy", policy_option, "--format", "json"];
    assert_eq!(count(Pgparity::new(piped).stdin(text.clone()).run()), direct);
    assert_eq!(count(check(prod.url(), &policy, &["--format", "json"])), direct);
    let both = Pgparity::new(["check", "-", "--against", "-", "--policy", policy_option]);
    both.stdin(text).run().expect_status(2);
    // The URL is nowhere to be seen, whatever happens.
    let wrong = "postgres://somebody:hunter2@127.0.0.1:1/none";
    for run in [check(wrong, &policy, &[]).expect_status(2), check(prod.url(), &policy, &[])] {
        let seen = format!("{}{}", run.text(), run.stderr);
        assert!(!seen.contains("hunter2") && !seen.contains("postgres://"), "{seen}");
    }
}

#[test]
fn drift_fails_but_for_what_the_policy_ignores_or_waives() {
    let bench = Bench::new();
    let (dev, prod) = (oldest("check_drift_dev"), oldest("check_drift_prod"));
    let shared = "CREATE TABLE orders (id bigint PRIMARY KEY, note text);";
    dev.sql(&format!("{shared} COMMENT ON TABLE orders IS 'of the shop';"));
    prod.sql(&format!(
        "{shared} CREATE INDEX dba_note ON orders (note); ALTER TABLE orders ADD COLUMN extra text;"
    ));
    let (from, to) = (bench.snapshot(&prod, "prod"), bench.snapshot(&dev, "dev"));
    let against = ["--against", to.to_str().unwrap()];
    let bare = bench.write("bare.toml", "version = 1\n");
    let told = report(&from, &bare, &against, 1);
    assert_eq!(told["verdict"]["errors"], 3, "{:?}", messages(&told));
    let rules = "version = 1\npresets = [\"comments\"]\nallow = [\"DATA_LOSS\", \"INDEX_DROPPED\"]\n\
                 [[ignore]]\nkind = \"index\"\nidentity = \"public.*dba_*\"\n\
                 [environment.staging]\n[[environment.staging.ignore]]\nkind = \"column\"\n\
                 identity = \"*.extra\"\n";
    let policy = bench.write("pgparity.toml", rules);
    let told = report(&from, &policy, &against, 1);
    assert_eq!(
        messages(&told),
        ["column public.orders.extra is extra: check_drift_dev does not have it"]
    );
    assert_eq!(told["verdict"]["ignored"], 2, "what is ignored is counted");
    report(&from, &policy, &[&against[..], &["--environment", "staging"]].concat(), 0);
    let waiver = "[[waivers]]\nkind = \"column\"\nidentity = \"public.orders.extra\"\nreason = \"r\"\n\
                  owner = \"o\"\nexpires = 2031-01-01\n";
    let waived = bench.write("waived.toml", format!("{rules}{waiver}"));
    report(&from, &waived, &[&against[..], &["--as-of", "2030-12-31"]].concat(), 0);

    // A decision makes one difference of a column that is missing and one that is extra.
    dev.sql("ALTER TABLE orders ADD COLUMN more text;");
    let renamed = bench.snapshot(&dev, "renamed");
    let against_renamed = ["--against", renamed.to_str().unwrap()];
    assert_eq!(report(&from, &policy, &against_renamed, 1)["verdict"]["errors"], 2);
    let decide = |to: &str| {
        let pair = json!({ "from": "column:public.orders.extra", "to": to, "answer": "rename" });
        bench.write("decisions.json", json!({ "renames": [pair] }).to_string())
    };
    let decisions = decide("column:public.orders.more");
    let decided = ["--decisions", decisions.to_str().unwrap()];
    let told = report(&from, &policy, &[against_renamed, decided].concat(), 1);
    assert_eq!(
        messages(&told),
        [
            "column public.orders.extra has another name: in check_drift_dev it is public.orders.more"
        ]
    );
    report(
        &from,
        &waived,
        &[&against_renamed[..], &decided, &["--as-of", "2030-12-31"]].concat(),
        0,
    );
    // What cannot be followed is refused as `diff` refuses it, and so is a file without a comparison.
    decide("column:public.orders.nothing");
    let refused = check(&from, &policy, &[against_renamed, decided].concat()).expect_status(2);
    assert!(refused.stderr.contains("cannot be followed"), "{}", refused.stderr);
    let alone = check(&from, &policy, &decided).expect_status(2);
    assert!(alone.stderr.contains("--against"), "{}", alone.stderr);

    // The same rules for `diff` and `plan`, and how much they leave out is told.
    let files = [&from, &to];
    let follow = |command: &str, options: &[&str]| {
        let run =
            Pgparity::new([command]).args(files).args(options).args(["--policy"]).args([&policy]);
        run.run()
    };
    let run = follow("diff", &["--format", "json"]).expect_status(1);
    let drift = run.json();
    assert_eq!(drift["changes"].as_array().unwrap().len(), 1, "{drift:#}");
    assert!(run.stderr.contains("ignore: 2"), "{}", run.stderr);
    follow("diff", &["--environment", "staging"]).expect_status(0);
    follow("diff", &["--environment", "stagin"]).expect_status(2);
    Pgparity::new(["diff", "--environment", "staging"]).args(files).run().expect_status(2);
    let plan = follow("plan", &[]).expect_status(0);
    let statements = dump::effective_statements(plan.text());
    assert!(
        statements.iter().any(|it| it.contains("DROP COLUMN extra")),
        "allowed: {statements:?}"
    );
    assert!(!plan.text().contains("DROP INDEX"), "ignored: {}", plan.text());
    assert!(plan.stderr.contains("ignore: 2"), "{}", plan.stderr);
    Pgparity::new(["plan"]).args(files).run().expect_status(3);
    let back = follow("plan", &["--reverse"]).expect_status(0);
    assert!(
        back.text().contains("ADD COLUMN extra") && !back.text().contains("dba_note"),
        "{}",
        back.text()
    );
}

#[test]
fn a_snapshot_passes_the_policy_that_starts_from_it() {
    each_version(|cluster| {
        let (bench, db) = (Bench::new(), cluster.database("check_init"));
        db.file(workspace::tests("fixtures/zoo.sql"));
        let snapshot = bench.snapshot(&db, "zoo");
        let policy = init(&snapshot, &bench, "zoo.toml");
        let told = report(db.url(), &policy, &[], 0);
        assert_eq!(messages(&told), Vec::<String>::new());
        let tables: usize = db.value(
            "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
             WHERE relkind IN ('r', 'p', 'f') AND nspname !~ '^pg_' AND nspname <> 'information_schema'
             AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')",
        )
        .parse()
        .unwrap();
        let of_tables = |rule: &&Value| rule["kind"] == "table";
        assert_eq!(told["rules"].as_array().unwrap().iter().filter(of_tables).count(), tables);
    });
    // Names that want to be something else.
    let bench = Bench::new();
    let [_, hostile] = hostile_names::sides(&bench);
    let policy = init(&hostile, &bench, "hostile.toml");
    let told = report(&hostile, &policy, &[], 0);
    assert_eq!(messages(&told), Vec::<String>::new());
    assert!(told["verdict"]["rules"]["passed"].as_u64().unwrap() > 100);
    // What is there is not lost.
    let again = || Pgparity::new(["policy", "init"]).args([&hostile]).args(["-o"]).args([&policy]);
    let refused = again().run().expect_status(2);
    assert!(refused.stderr.contains("--force"), "{}", refused.stderr);
    again().args(["--force"]).run().expect_status(0);
    // To standard output, the same.
    let run = Pgparity::new(["policy", "init"]).args([&hostile]).run().expect_status(0);
    assert_eq!(run.text(), fs::read_to_string(&policy).unwrap());
}

/// Prints its figure: `cargo test -p pgparity-tests --test check thousand -- --nocapture`.
#[test]
fn a_thousand_tables_are_checked() {
    let (bench, db) = (Bench::new(), oldest("check_thousand"));
    db.sql(
        "DO $$ BEGIN FOR i IN 1..1000 LOOP EXECUTE format(
            'CREATE TABLE t%s (a integer, b text, c date, d numeric, e jsonb, f uuid, g text, h text)', i);
         END LOOP; END $$;",
    );
    let snapshot = bench.snapshot(&db, "thousand");
    let mut policy = init(&snapshot, &bench, "thousand.toml");
    let mut text = fs::read_to_string(&policy).unwrap();
    for at in 1..=1000 {
        text.push_str(&format!(
            "[[forbid]]\nkind = \"column\"\nidentity = \"public.t{at}.old_*\"\n"
        ));
    }
    policy = bench.write("more.toml", text);
    let options = ["--format", "json", "-o", "/dev/null"];
    let read =
        Pgparity::new(["diff"]).args([&snapshot, &snapshot]).args(options).run().expect_status(0);
    let run = check(&snapshot, &policy, &options).expect_status(0);
    println!(
        "check of 1,000 tables, 8,000 columns, 10,000 rules: {:?} with reading the snapshot (diff of it: {:?})",
        run.took, read.took
    );
    let told = report(&snapshot, &policy, &[], 0);
    assert_eq!(told["verdict"]["rules"]["passed"], 10_000);
}

/// The commands of the section `check` of the README, in a folder with the sample in it.
#[test]
fn the_commands_of_the_readme_do_what_it_says() {
    let bench = Bench::new();
    let samples = workspace::root().join("web/samples");
    for name in ["production.json", "development.json"] {
        fs::copy(samples.join(name), bench.path(name)).unwrap();
    }
    let readme = fs::read_to_string(workspace::root().join("README.md")).unwrap();
    let (_, section) = readme.split_once("\n### check\n").expect("a section about check");
    let (section, _) = section.split_once("\n### ").unwrap();
    let call = |words: &[&str]| Pgparity::new(words).current_dir(bench.path("")).run();
    let commands = console::follow(section, call);
    assert!(commands >= 2, "{commands} commands");
}
