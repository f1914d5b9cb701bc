//! The whole way through the page: it reads two snapshots, shows the drift, takes a decision and
//! hands out a plan, which psql applies.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use pgparity_core::report::{self, Report};
use pgparity_tests::hostile_names::{csv, sides};
use pgparity_tests::page::{self, Edition};
use pgparity_tests::{Bench, Cluster, Pgparity, Rows, Sample, programs, workspace};
use serde_json::json;

#[test]
fn the_page_leads_the_same_road() {
    lead_the_road(Edition::Hosted, "page");
}

#[test]
fn the_page_in_one_file_leads_the_same_road() {
    lead_the_road(Edition::Single, "single");
}

fn lead_the_road(edition: Edition, databases: &str) {
    let cluster = Cluster::shared(programs::versions()[0]);
    let (bench, sample) = (Bench::new(), Sample::load(cluster, "shop", databases));
    let (from, to) = (bench.snapshot(&sample.start, "from"), bench.snapshot(&sample.goal, "to"));
    let expected =
        json!({ "missing": sample.missing_columns(), "extra": sample.extra_columns() }).to_string();
    let expected = bench.write("expected.json", expected);
    let output = output_without("road", edition, &["plan.sql", "decisions.json"]);
    let (plan, decisions) = (output.join("plan.sql"), output.join("decisions.json"));
    page::journey(
        "road.mjs",
        edition,
        &[
            ("PGPARITY_FROM", &from),
            ("PGPARITY_TO", &to),
            ("PGPARITY_EXPECTED", &expected),
            ("PGPARITY_OUTPUT", &output),
        ],
    );

    let options = ["--decisions", decisions.to_str().unwrap(), "--allow", "DATA_LOSS"];
    let replayed = bench.plan(&from, &to, &options, "replayed");
    assert_eq!(
        fs::read_to_string(replayed).unwrap(),
        fs::read_to_string(&plan).unwrap(),
        "the program follows the page's decisions to the same script"
    );

    let rows = Rows::shared_with(&sample.start, &sample.goal);
    let notes = sample.start.value("SELECT count(*) FROM customer_notes");
    sample.start.file(&plan);
    Bench::expect_no_drift(&bench.snapshot(&sample.start, "reached"), &to);
    assert_eq!(sample.start.schema_difference(&sample.goal), None);
    assert_eq!(rows.difference(&sample.start, &sample.goal), None, "the rows survive");
    assert_eq!(sample.start.value("SELECT count(*) FROM customer_remarks"), notes);
}

/// Where a journey writes to, without what an earlier one has written.
fn output_without(journey: &str, edition: Edition, files: &[&str]) -> PathBuf {
    let output = page::output(journey).join(edition.name());
    fs::create_dir_all(&output).unwrap();
    for file in files.iter().map(|name| output.join(name)).filter(|file| file.exists()) {
        fs::remove_file(file).unwrap();
    }
    output
}

#[test]
fn the_plan_of_the_page_leads_there_and_back() {
    plan_there_and_back(Edition::Hosted, "page_plan");
}

#[test]
fn the_plan_of_the_page_in_one_file_leads_there_and_back() {
    plan_there_and_back(Edition::Single, "single_plan");
}

fn plan_there_and_back(edition: Edition, databases: &str) {
    let cluster = Cluster::shared(programs::versions()[0]);
    let (bench, sample) = (Bench::new(), Sample::load(cluster, "shop", databases));
    let (from, to) = (bench.snapshot(&sample.start, "from"), bench.snapshot(&sample.goal, "to"));
    let scripts = ["there.sql", "back.sql", "whole.sql", "whole-back.sql", "again.sql"];
    let output = output_without("plan", edition, &scripts);
    page::journey(
        "plan.mjs",
        edition,
        &[("PGPARITY_FROM", &from), ("PGPARITY_TO", &to), ("PGPARITY_OUTPUT", &output)],
    );

    let decisions = output.join("decisions.json");
    let decided = ["--decisions", decisions.to_str().unwrap(), "--allow", "DATA_LOSS"];
    let again = ["--idempotent", "--step-lock-timeout", "5s"];
    for (script, options) in
        [("whole.sql", &[] as &[&str]), ("whole-back.sql", &["--reverse"]), ("again.sql", &again)]
    {
        let program = bench.plan(&from, &to, &[&decided, options].concat(), script);
        assert_eq!(
            fs::read_to_string(program).unwrap(),
            fs::read_to_string(output.join(script)).unwrap(),
            "the program writes the page's {script}"
        );
    }

    sample.start.file(output.join("there.sql"));
    let there = bench.snapshot(&sample.start, "there");
    assert_ne!(Bench::diff(&there, &to).text(), "", "a step is off");
    sample.start.file(output.join("back.sql"));
    Bench::expect_no_drift(&bench.snapshot(&sample.start, "back"), &from);
    for run in ["once", "twice"] {
        sample.start.file(output.join("again.sql"));
        Bench::expect_no_drift(&bench.snapshot(&sample.start, run), &to);
    }
}

#[test]
fn a_plan_of_thousands_of_steps_stays_light() {
    const TABLES: usize = 1000;
    let cluster = Cluster::shared(programs::versions()[0]);
    let (from, to) = (cluster.database("page_long_from"), cluster.database("page_long_to"));
    to.sql(&format!(
        "DO $$ BEGIN FOR n IN 1..{TABLES} LOOP
           EXECUTE format('CREATE TABLE t%s (id bigint PRIMARY KEY, parent bigint, name text)', n);
           EXECUTE format('CREATE INDEX ON t%s (name)', n);
           EXECUTE format('ALTER TABLE t%s ADD FOREIGN KEY (parent) REFERENCES t1', n);
         END LOOP; END $$"
    ));
    let bench = Bench::new();
    let (from, to) = (bench.snapshot(&from, "from"), bench.snapshot(&to, "to"));
    let expected = bench.write("expected", (3 * TABLES).to_string());
    page::journey(
        "long_plan.mjs",
        Edition::Hosted,
        &[
            ("PGPARITY_FROM", &from),
            ("PGPARITY_TO", &to),
            ("PGPARITY_EXPECTED", &expected),
            ("PGPARITY_OUTPUT", &page::output("long_plan")),
        ],
    );
}

#[test]
fn what_local_only_rests_on_is_shown() {
    for edition in Edition::ALL {
        let output = page::output("privacy").join(edition.name());
        page::journey("privacy.mjs", edition, &[("PGPARITY_OUTPUT", &output)]);
    }
}

#[test]
fn a_session_comes_back_after_a_reload_in_its_tab_alone() {
    let samples = workspace::root().join("web/samples");
    for edition in Edition::ALL {
        let output = page::output("session").join(edition.name());
        page::journey(
            "session.mjs",
            edition,
            &[("PGPARITY_SAMPLES", &samples), ("PGPARITY_OUTPUT", &output)],
        );
    }
}

#[test]
fn what_stops_the_engine_does_not_stop_the_page() {
    let samples = workspace::root().join("web/samples");
    for edition in Edition::ALL {
        let output = page::output("jobs").join(edition.name());
        page::journey(
            "jobs.mjs",
            edition,
            &[("PGPARITY_SAMPLES", &samples), ("PGPARITY_OUTPUT", &output)],
        );
    }
}

#[test]
fn the_scale_of_ten_thousand_tables_is_at_hand() {
    figures("scale", "10,000 tables and 150,000 columns on each side");
}

#[test]
fn the_page_is_there_soon() {
    figures("speed", "The page itself");
}

#[test]
fn a_file_of_200_megabytes_is_read_and_more_than_the_limit_refused() {
    figures("large", "One large file");
}

/// Runs a journey that measures. Its figures are printed, and left for `cargo xtask test`, which prints
/// them where those of a test that passes are not shown.
fn figures(journey: &str, title: &str) {
    let output = page::output(journey);
    fs::create_dir_all(&output).unwrap();
    let program = format!("{journey}.mjs");
    let figures = page::journey(&program, Edition::Hosted, &[("PGPARITY_OUTPUT", &output)]);
    let figures = format!("{title}\n{figures}");
    fs::write(output.join(page::FIGURES), &figures).unwrap();
    println!("{figures}");
}

#[test]
fn every_place_is_accessible_in_every_appearance() {
    for edition in Edition::ALL {
        let output = page::output("states").join(edition.name());
        page::journey("states.mjs", edition, &[("PGPARITY_OUTPUT", &output)]);
    }
}

#[test]
fn the_tour_points_at_what_there_is_and_ends_for_good() {
    for edition in Edition::ALL {
        let output = page::output("tour").join(edition.name());
        page::journey("tour.mjs", edition, &[("PGPARITY_OUTPUT", &output)]);
    }
}

#[test]
fn panes_stand_where_there_is_room_for_them() {
    for edition in Edition::ALL {
        let output = page::output("panes").join(edition.name());
        page::journey("panes.mjs", edition, &[("PGPARITY_OUTPUT", &output)]);
    }
}

#[test]
fn the_keyboard_alone_leads_the_road() {
    for edition in Edition::ALL {
        let output = page::output("keys").join(edition.name());
        page::journey("keys.mjs", edition, &[("PGPARITY_OUTPUT", &output)]);
    }
}

#[test]
fn many_snapshots_stand_side_by_side() {
    for edition in Edition::ALL {
        let output = page::output("environments").join(edition.name());
        page::journey("environments.mjs", edition, &[("PGPARITY_OUTPUT", &output)]);
    }
}

#[test]
fn tables_are_drawn_and_what_hangs_on_an_object_is_told() {
    for edition in Edition::ALL {
        let output = page::output("explore").join(edition.name());
        page::journey("explore.mjs", edition, &[("PGPARITY_OUTPUT", &output)]);
    }
}

#[test]
fn the_diagram_is_arranged_by_hand_and_taken_along() {
    for edition in Edition::ALL {
        let output = page::output("arrange").join(edition.name());
        page::journey("arrange.mjs", edition, &[("PGPARITY_OUTPUT", &output)]);
    }
}

#[test]
fn the_guide_leads_through_the_page() {
    for edition in Edition::ALL {
        let output = page::output("guide").join(edition.name());
        page::journey("guide.mjs", edition, &[("PGPARITY_OUTPUT", &output)]);
    }
}

#[test]
fn files_that_are_no_snapshots_are_refused_in_words() {
    for edition in Edition::ALL {
        let output = page::output("refusals").join(edition.name());
        page::journey("refusals.mjs", edition, &[("PGPARITY_OUTPUT", &output)]);
    }
}

/// What a server goes through between its exports, and when they are taken.
const MIGRATIONS: [(&str, &str); 6] = [
    (
        "2026-03-01T12:00:00Z",
        "CREATE TABLE orders (id integer PRIMARY KEY, total integer, note text)",
    ),
    (
        "2026-03-02T12:00:00Z",
        "ALTER TABLE orders ADD COLUMN placed timestamptz, ADD COLUMN draft boolean",
    ),
    (
        "2026-03-03T12:00:00Z",
        "ALTER TABLE orders ALTER COLUMN total TYPE bigint, \
         ADD CONSTRAINT total_positive CHECK (total >= 0)",
    ),
    ("2026-03-04T12:00:00Z", "ALTER TABLE orders DROP COLUMN note, DROP COLUMN draft"),
    ("2026-03-04T12:00:00Z", "CREATE INDEX orders_placed ON orders (placed)"),
    ("2026-05-03T12:00:00Z", "ALTER TABLE orders ADD COLUMN note text"),
];

#[test]
fn the_history_of_a_server_names_who_brought_what() {
    let cluster = Cluster::shared(programs::versions()[0]);
    let (bench, database) = (Bench::new(), cluster.database("history"));
    let exports = bench.path("exports");
    fs::create_dir(&exports).unwrap();
    let write = |name: String, document: &serde_json::Value| {
        fs::write(exports.join(name), document.to_string()).unwrap();
    };
    for (number, (time, sql)) in MIGRATIONS.iter().enumerate() {
        database.sql(sql);
        let text = fs::read(bench.snapshot(&database, "export")).unwrap();
        let mut document: serde_json::Value = serde_json::from_slice(&text).unwrap();
        document["source"]["captured_at"] = json!(time);
        if number < 3 {
            archived(&exports, time, &document);
        } else {
            write(format!("{number}.json"), &document);
        }
        document["source"]["captured_at"] = json!("some day");
        if number == 0 {
            write("untimed.json".to_owned(), &document);
        }
    }
    fs::write(exports.join("README.txt"), "no snapshot").unwrap();
    fs::write(exports.join("index"), "{\"format\":\"pgparity-archive-index\"}").unwrap();
    let told = |brought: u32, before: bool, changed: u32, gone: u32| json!({ "brought": brought, "before": before, "changed": changed, "gone": gone });
    let expected = json!({
        "tallies": ["2 0 0 0", "1 0 1 0", "0 2 0 0", "1 0 0 0", "1 0 0 0"],
        "at_three": 2,
        "blame": {
            "table:public.orders": told(1, true, 0, 0),
            "column:public.orders.id": told(1, true, 0, 0),
            "column:public.orders.total": told(1, true, 3, 0),
            "column:public.orders.note": told(6, false, 0, 0),
            "column:public.orders.placed": told(2, false, 0, 0),
            "column:public.orders.draft": told(2, false, 0, 4),
            "constraint:public.orders.total_positive": told(3, false, 0, 0),
            "index:public.orders.orders_placed": told(5, false, 0, 0),
        },
    });
    let expected = bench.write("expected.json", expected.to_string());
    for edition in Edition::ALL {
        let output = page::output("history").join(edition.name());
        page::journey(
            "history.mjs",
            edition,
            &[
                ("PGPARITY_EXPORTS", &exports),
                ("PGPARITY_EXPECTED", &expected),
                ("PGPARITY_OUTPUT", &output),
            ],
        );
    }
}

/// A snapshot and a mark as they stand in an archive; `archive/` checks that they do.
fn archived(folder: &Path, time: &str, document: &serde_json::Value) {
    let hash = document["fingerprint"].as_str().unwrap().strip_prefix("sha256:").unwrap();
    let name = format!("{}-{hash}", time.replace(['-', ':'], ""));
    let mut gz = GzEncoder::new(Vec::new(), Compression::default());
    gz.write_all(document.to_string().as_bytes()).unwrap();
    fs::write(folder.join(format!("{name}.json.gz")), gz.finish().unwrap()).unwrap();
    fs::write(folder.join(format!("{name}.seen")), "it was there\n").unwrap();
}

#[test]
fn the_hosted_page_goes_on_without_a_network() {
    let output = page::output("offline");
    page::journey("offline.mjs", Edition::Hosted, &[("PGPARITY_OUTPUT", &output)]);
}

#[test]
fn the_page_in_one_file_connects_to_nothing() {
    let output = page::output("single");
    page::journey("single.mjs", Edition::Single, &[("PGPARITY_OUTPUT", &output)]);
}

#[test]
fn a_report_opens_on_its_comparison_with_its_decisions() {
    const TITLE: &str = "</title><script>window.hacked = 1</script> R&D <!--pgparity:data-->";
    let cluster = Cluster::shared(programs::versions()[0]);
    let (bench, sample) = (Bench::new(), Sample::load(cluster, "shop", "report"));
    // Both have a history of migrations, of which four are not applied yet.
    for (db, applied) in [(&sample.start, 2), (&sample.goal, 6)] {
        db.sql(&format!(
            "CREATE TABLE public.django_migrations (id bigint, app varchar(255) NOT NULL, name \
             varchar(255) NOT NULL, applied timestamptz NOT NULL); INSERT INTO \
             public.django_migrations SELECT i, 'shop', format('%s_<b>step</b>', to_char(i, \
             'FM0000')), now() FROM generate_series(1, {applied}) i"
        ));
    }
    let decisions = bench.write(
        "decisions.json",
        json!({ "renames": [{
            "from": "table:public.customer_notes",
            "to": "table:public.customer_remarks",
            "answer": "rename",
        }] })
        .to_string(),
    );
    let (report, title) = (bench.path("review.html"), bench.write("title.txt", TITLE));
    let sides = [sample.start.url(), sample.goal.url()];
    let page = page::dist().join("pgparity.html");
    Pgparity::new(["report"])
        .args(&sides)
        .args(["--title", TITLE, "--decisions"])
        .args([&decisions])
        .args([Path::new("--page"), &page, Path::new("-o"), &report])
        .run()
        .expect_status(0);
    let html = fs::read_to_string(&report).unwrap();
    assert!(!html.contains("postgres://") && !html.contains(TITLE), "nothing of it is in the open");

    let output = output_without("report", Edition::Single, &["plan.sql"]);
    page::journey(
        "report.mjs",
        Edition::Single,
        &[("PGPARITY_REPORT", &report), ("PGPARITY_TITLE", &title), ("PGPARITY_OUTPUT", &output)],
    );
    let plan = Pgparity::new(["plan"]).args(&sides).args(["--decisions"]).args([&decisions]).run();
    assert_eq!(plan.status, Some(3), "steps are withheld: {}", plan.stderr);
    let downloaded = fs::read_to_string(output.join("plan.sql")).unwrap();
    assert_eq!(undated(&downloaded), undated(&String::from_utf8(plan.stdout).unwrap()));
}

/// A script without the two lines that tell when the sides were captured.
fn undated(script: &str) -> Vec<&str> {
    let dated = ["-- From (is now)", "-- To (should become)"];
    let lines = script.lines().filter(|line| !dated.iter().any(|start| line.starts_with(start)));
    let lines: Vec<&str> = lines.collect();
    assert_eq!(script.lines().count(), lines.len() + 2, "both sides are named:\n{script}");
    lines
}

#[test]
fn comparing_filters_groups_ignores_and_reviews() {
    for edition in Edition::ALL {
        let output = page::output("compare").join(edition.name());
        page::journey("compare.mjs", edition, &[("PGPARITY_OUTPUT", &output)]);
    }
}

#[test]
fn what_is_sought_is_found_and_read() {
    for edition in Edition::ALL {
        let output = page::output("review").join(edition.name());
        page::journey("review.mjs", edition, &[("PGPARITY_OUTPUT", &output)]);
    }
}

#[test]
fn exports_are_harmless_and_say_what_they_hold() {
    let bench = Bench::new();
    let [from, to] = sides(&bench);
    for edition in Edition::ALL {
        let files = ["whole.csv", "part.csv", "plan.csv", "part.json", "plan.json"];
        let output = output_without("exports", edition, &files);
        page::journey(
            "exports.mjs",
            edition,
            &[("PGPARITY_FROM", &from), ("PGPARITY_TO", &to), ("PGPARITY_OUTPUT", &output)],
        );
        let text = |file: &str| fs::read_to_string(output.join(file)).unwrap();
        let rows = |file: &str| {
            let rows = csv(&text(file));
            assert!(rows.iter().all(|row| row.len() == rows[0].len()), "{file} is a table");
            let formula = |cell: &&String| cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
            assert_eq!(rows.iter().flatten().find(formula), None, "{file}");
            rows
        };
        let of = |rows: &[Vec<String>], what: &str| {
            rows.iter().filter(|row| row[0] == what).cloned().collect::<Vec<_>>()
        };
        let (whole, part) = (rows("whole.csv"), rows("part.csv"));
        let (all, some) = (of(&whole, "change"), of(&part, "change"));
        assert!(some.len() < all.len() && some.iter().all(|row| all.contains(row)));
        assert!(some.iter().all(|row| row[1] == "changed"));
        assert!(all.iter().any(|row| row[11] == "yes" && row[12] == "'=HYPERLINK(\"x\")"));
        assert!(!of(&rows("plan.csv"), "step").is_empty());
        // The form of the report has a member for all that is in it, and each is as it was.
        for file in ["part.json", "plan.json"] {
            let read: Report = serde_json::from_str(&text(file)).unwrap();
            assert_eq!(report::json(&read), text(file));
            assert!(!read.review.unwrap().viewed.is_empty());
            let excerpt = read.excerpt.unwrap();
            assert_eq!(excerpt.only_shown, file == "part.json");
            assert!(!excerpt.filters.is_empty() && excerpt.hidden > 0);
        }
    }
}
