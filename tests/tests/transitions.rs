//! Every case of the corpus, both ways: apply the plan from A to B on a real server, and nothing
//! may be left to do, the dumps must agree, and the rows must still be there.
//!
//! A case is a folder `corpus/<area>--<case>` with `from.sql` and `to.sql`; `seed.sql` puts rows
//! into the state at the start, and `seed-reverse.sql` takes its place on the way back. A case for
//! some versions of PostgreSQL has a file `versions` with the first of them: `>=16`. A file `kept`
//! names objects that the plan must alter in place, one on each line. A file `hazards` names hazards
//! that some step of the plan must show, one on each line, with the direction (`forward`, `back`) or
//! the mode (`online`) behind it where it does not hold for all. A file `decisions.json` says what is
//! renamed on the way forward; the way back is planned with `--reverse` then, and nothing may be
//! dropped either way.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use std::cell::Cell;
use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::thread;

use libtest_mimic::{Arguments, Failed, Trial};
use pgparity_tests::{Bench, Cluster, Db, Pgparity, Rows, corpus, programs};

/// How a plan is written and run.
#[derive(Clone, Copy, Debug)]
enum Mode {
    /// As `pgparity plan` does by itself.
    Plain,
    /// `--mode online`: built for tables that are in use.
    Online,
    /// `--mode simple`: one transaction.
    Simple,
    /// `--idempotent`, broken off after each transaction, run, and run once more.
    Idempotent,
    /// First without permission for anything, `--idempotent` and run twice; then all the rest.
    Careful,
    /// The same with `--mode online`.
    IdempotentOnline,
    /// The same with `--mode simple`.
    IdempotentSimple,
}

#[derive(Clone, Copy)]
enum Direction {
    Forward,
    Back,
}

/// What is known of several modes.
const KEY_OVER_INDEX: &str = "a key over an index that is there makes the NOT NULL its table's own too, \
                              ADD PRIMARY KEY does not (seen with 18.4): only a dump tells";

const ROWS_WITH_MORE: &str = "a column that stays until it may go stands in rows of the table that are values elsewhere, too";

/// Cases that are known to fail, in all modes or in the one in front, with what is missing. A case
/// that passes must leave this list.
const KNOWN: &[(&str, &str)] = &[
    (
        "tables--inheritance/forward",
        "no statement makes a child's own column an inherited one: the plan is complete, the dump \
         still names the column",
    ),
    (
        "careful/event-triggers--change/back",
        "the first plan brings an event trigger that refuses what the second has to do",
    ),
    ("careful/tables--row-type-of-other-columns/back", ROWS_WITH_MORE),
    ("online/tables--inheritance-key-over-not-null-from-above/forward", KEY_OVER_INDEX),
    ("online/tables--inheritance-key-over-not-null-from-above/back", KEY_OVER_INDEX),
    ("idempotent-online/tables--inheritance-key-over-not-null-from-above/forward", KEY_OVER_INDEX),
    ("idempotent-online/tables--inheritance-key-over-not-null-from-above/back", KEY_OVER_INDEX),
    (
        "foreign--secrets/forward",
        "no snapshot holds a secret: the step has a placeholder, and is withheld until somebody \
         fills it",
    ),
    (
        "foreign--secrets/back",
        "no snapshot holds a secret: the step has a placeholder, and is withheld until somebody \
         fills it",
    ),
    (
        "indexes--invalid/back",
        "no statement makes an index invalid: it stays whole, and a dump leaves a broken one out",
    ),
];

/// The relations and their files: what is left alone keeps both.
const FILES: &str = "SELECT 'files: ' || coalesce(string_agg(oid || ' ' || relname || ' ' || relfilenode, ', ' \
                     ORDER BY oid), '') FROM pg_class WHERE oid >= 16384 AND relpersistence <> 't' AND relnamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname LIKE 'pg_%')";

/// The columns that hold values.
const COLUMNS: &str = "SELECT attrelid::regclass, attname FROM pg_attribute JOIN pg_class c ON c.oid = attrelid \
                       WHERE c.relkind IN ('r', 'p') AND c.oid >= 16384 AND attnum > 0 AND NOT \
                       attisdropped AND attgenerated = ''";

/// Partitions, and the table at the top.
const PARTITIONS: &str = "SELECT oid::regclass, pg_partition_root(oid)::regclass FROM pg_class c WHERE relispartition \
                          AND relkind IN ('r', 'p') AND NOT EXISTS (SELECT FROM \
                          pg_partition_tree(pg_partition_root(c.oid)) t JOIN pg_class f ON f.oid = t.relid \
                          WHERE f.relkind = 'f')";

struct Case {
    folder: PathBuf,
    name: String,
    direction: Direction,
}

thread_local! {
    /// Whether a failure is expected here: pages of what was printed would hide those that are not.
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

fn main() {
    let arguments = Arguments::from_args();
    let told = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if !QUIET.get() {
            told(panic);
        }
    }));
    let mut trials = Vec::new();
    for (at, major) in programs::versions().into_iter().enumerate() {
        let modes = modes(at == 0);
        for folder in corpus::cases().into_iter().filter(|folder| corpus::runs_on(folder, major)) {
            for direction in [Direction::Forward, Direction::Back] {
                for &mode in &modes {
                    let case = Case::new(&folder, direction);
                    // A decision holds for the state that it was made for.
                    if matches!(mode, Mode::Careful) && case.renames() {
                        continue;
                    }
                    let name = format!("v{major}/{}/{}", case.name, mode.name());
                    trials.push(Trial::test(name, move || case.judge(major, mode)));
                }
            }
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}

/// `PGPARITY_TEST_MODES` (`plain,online,simple,idempotent,careful,idempotent-online,
/// idempotent-simple` or `all`) names the modes. When it is not set, the first version runs those that
/// lead to plans of their own, the others `plain` alone. `careful` is idempotent, too.
fn modes(first: bool) -> Vec<Mode> {
    let all = [
        Mode::Plain,
        Mode::Online,
        Mode::Simple,
        Mode::Idempotent,
        Mode::Careful,
        Mode::IdempotentOnline,
        Mode::IdempotentSimple,
    ];
    let default = if first { "plain,online,careful,idempotent-online" } else { "plain" };
    let named = env::var("PGPARITY_TEST_MODES").unwrap_or_else(|_| default.to_owned());
    let named: Vec<&str> = named.split(',').map(str::trim).collect();
    let chosen =
        all.into_iter().filter(|mode| named.contains(&"all") || named.contains(&mode.name()));
    chosen.collect()
}

impl Mode {
    fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Online => "online",
            Self::Simple => "simple",
            Self::Idempotent => "idempotent",
            Self::Careful => "careful",
            Self::IdempotentOnline => "idempotent-online",
            Self::IdempotentSimple => "idempotent-simple",
        }
    }

    fn runs_again(self) -> bool {
        matches!(self, Self::Idempotent | Self::IdempotentOnline | Self::IdempotentSimple)
    }

    fn options(self) -> &'static [&'static str] {
        match self {
            Self::Plain | Self::Careful => &[],
            Self::Online => &["--mode", "online"],
            Self::Simple => &["--mode", "simple"],
            Self::Idempotent => &["--idempotent"],
            Self::IdempotentOnline => &["--idempotent", "--mode", "online"],
            Self::IdempotentSimple => &["--idempotent", "--mode", "simple"],
        }
    }
}

impl Direction {
    fn name(self) -> &'static str {
        match self {
            Self::Forward => "forward",
            Self::Back => "back",
        }
    }
}

impl Case {
    fn new(folder: &Path, direction: Direction) -> Self {
        let base = folder.file_name().unwrap().to_str().unwrap();
        let name = format!("{base}/{}", direction.name());
        Self { folder: folder.to_path_buf(), name, direction }
    }

    /// Runs the case; one that is known to fail must fail.
    fn judge(&self, major: u32, mode: Mode) -> Result<(), Failed> {
        let in_mode = format!("{}/{}", mode.name(), self.name);
        let known = KNOWN.iter().find(|(name, _)| *name == self.name || *name == in_mode);
        let Some((_, missing)) = known else {
            self.run(Cluster::shared(major), mode);
            return Ok(());
        };
        let cluster = Cluster::shared(major);
        QUIET.set(true);
        let outcome = panic::catch_unwind(AssertUnwindSafe(|| self.run(cluster, mode)));
        QUIET.set(false);
        match outcome {
            Err(_) => {
                println!("{} fails as known: {missing}", self.name);
                Ok(())
            }
            Ok(()) => Err("it passes now: take it off the list of known failures".into()),
        }
    }

    fn run(&self, cluster: &Cluster, mode: Mode) {
        let bench = Bench::new();
        // Each thread takes its databases again and again: those of all cases would fill a disk.
        let thread = thread::current().id();
        let database = |side: &str| cluster.database(&format!("{side} {thread:?}"));
        let (start, goal) = (database("start"), database("goal"));
        self.load(&start, &goal);
        let (from, to) = (bench.snapshot(&start, "from"), bench.snapshot(&goal, "to"));

        bench.expect_empty_plan(&to, &to);
        Bench::diff(&from, &to).expect_status(1);
        let rows = Rows::shared_with(&start, &goal);
        let from = if matches!(mode, Mode::Careful) && !self.renames() {
            let before = database("before");
            self.load_start(&before);
            carefully(&bench, &before, (&start, &goal), (&from, &to))
        } else {
            from
        };
        let plan = self.plan(&bench, (&from, &to), mode);
        self.expect_kept(&plan);
        if !matches!(mode, Mode::Careful) {
            self.expect_hazards(&plan, mode);
        }
        if mode.runs_again() {
            for part in broken_off(&plan) {
                apply(&start, &bench.write("part.sql", part), 0);
            }
        }
        apply(&start, &plan, 1);
        if mode.runs_again() {
            let files = start.value(FILES);
            apply(&start, &plan, 2);
            assert_eq!(files, start.value(FILES), "the second run makes relations anew");
        }

        let reached = bench.snapshot(&start, "reached");
        let drift = Pgparity::new(["diff"]).args([&reached, &to]).run();
        let script = fs::read_to_string(&plan).unwrap();
        assert!(
            drift.status == Some(0),
            "drift is left (status {:?}):\n{}{}\nafter the plan:\n{script}",
            drift.status,
            drift.text(),
            drift.stderr
        );
        if let Some(difference) = start.schema_difference(&goal) {
            panic!("the dumps differ:\n{difference}\nafter the plan:\n{script}");
        }
        if let Some(difference) = rows.difference(&start, &goal) {
            panic!("rows changed:\n{difference}\nafter the plan:\n{script}");
        }
    }

    fn renames(&self) -> bool {
        self.folder.join("decisions.json").is_file()
    }

    fn plan(&self, bench: &Bench, (from, to): (&Path, &Path), mode: Mode) -> PathBuf {
        let options = [&["--allow", "all"], mode.options()].concat();
        let decisions = self.folder.join("decisions.json");
        if !self.renames() {
            return bench.plan(from, to, &options, "plan");
        }
        let options = [&options[..], &["--decisions", decisions.to_str().unwrap()]].concat();
        match self.direction {
            Direction::Forward => bench.plan(from, to, &options, "plan"),
            Direction::Back => {
                bench.plan(to, from, &[&options[..], &["--reverse"]].concat(), "plan")
            }
        }
    }

    /// What the file `kept` names has no step of its own that drops it.
    fn expect_kept(&self, plan: &Path) {
        let renames = self.renames();
        let kept = fs::read_to_string(self.folder.join("kept")).unwrap_or_default();
        if kept.is_empty() && !renames {
            return;
        }
        let script = fs::read_to_string(plan).unwrap();
        let steps = steps(&script).map(|step| step.split_once(" [").map_or(step, |(step, _)| step));
        let drops = steps.filter(|step| step.starts_with("DROP ") && !step.contains(" … (helper)"));
        let drops: Vec<&str> = drops.collect();
        assert!(!renames || drops.is_empty(), "{drops:?} should be renamed:\n{script}");
        for name in kept.lines() {
            let dropped = drops.iter().find(|step| step.ends_with(&format!(" {name}")));
            assert!(dropped.is_none(), "{dropped:?} should be altered in place:\n{script}");
        }
    }

    /// The hazards that the file `hazards` names are shown by some step, those with `!` by none. No step
    /// shows one twice.
    fn expect_hazards(&self, plan: &Path, mode: Mode) {
        let script = fs::read_to_string(plan).unwrap();
        let mut shown = Vec::new();
        for step in steps(&script) {
            let hazards = step.rsplit_once(" [").and_then(|(_, list)| list.strip_suffix(']'));
            let hazards: Vec<&str> = hazards.into_iter().flat_map(|l| l.split(", ")).collect();
            let once: BTreeSet<&&str> = hazards.iter().collect();
            assert_eq!(once.len(), hazards.len(), "a hazard is told twice: {step}");
            shown.extend(hazards);
        }
        let Ok(named) = fs::read_to_string(self.folder.join("hazards")) else { return };
        let (way, mode) = (self.direction.name(), format!("{mode:?}").to_lowercase());
        for line in named.lines() {
            let mut words = line.split_whitespace();
            let hazard = words.next().expect("a line names a hazard");
            if words.all(|word| word == way || word == mode) {
                let (hazard, wanted) =
                    hazard.strip_prefix('!').map_or((hazard, true), |hazard| (hazard, false));
                let told = if wanted { "no step shows" } else { "a step shows" };
                assert_eq!(shown.contains(&hazard), wanted, "{told} {hazard}:\n{script}");
            }
        }
    }

    fn load(&self, start: &Db<'_>, goal: &Db<'_>) {
        self.load_start(start);
        goal.file(self.folder.join(match self.direction {
            Direction::Forward => "to.sql",
            Direction::Back => "from.sql",
        }));
    }

    fn load_start(&self, start: &Db<'_>) {
        let reverse_seed = self.folder.join("seed-reverse.sql");
        let (first, seed) = match self.direction {
            Direction::Forward => ("from.sql", self.folder.join("seed.sql")),
            Direction::Back if reverse_seed.is_file() => ("to.sql", reverse_seed),
            Direction::Back => ("to.sql", self.folder.join("seed.sql")),
        };
        start.file(self.folder.join(first));
        if seed.is_file() {
            start.file(&seed);
        }
    }
}

/// Runs what a plan does without permission, twice: no row is lost, and each check afterwards finds
/// nothing. Gives the snapshot of the state reached.
/// `before` is what `start` was.
fn carefully(
    bench: &Bench,
    before: &Db<'_>,
    (start, goal): (&Db<'_>, &Db<'_>),
    (from, to): (&Path, &Path),
) -> PathBuf {
    let plan = |format: &str| {
        let options = ["plan", "--idempotent", "--format", format];
        let run = Pgparity::new(options).args([from, to]).run();
        assert!(matches!(run.status, Some(0 | 3)), "plan: {:?}\n{}", run.status, run.stderr);
        run
    };
    let script = bench.write("careful.sql", plan("sql").stdout);
    apply(start, &script, 1);
    let files = start.value(FILES);
    apply(start, &script, 2);
    let told = fs::read_to_string(&script).unwrap();
    assert_eq!(files, start.value(FILES), "the second run makes relations anew:\n{told}");
    for check in plan("json").json()["post_checks"].as_array().unwrap() {
        let found = start.query(check["sql"].as_str().unwrap());
        assert!(found.is_empty(), "{}: {found:?}\nafter the plan:\n{told}", check["title"]);
    }
    let columns: BTreeSet<Vec<String>> = before.query(COLUMNS).into_iter().collect();
    let kept: BTreeSet<Vec<String>> = start.query(COLUMNS).into_iter().collect();
    let moved = rows_moved_up(before, start);
    let lost: Vec<_> =
        columns.difference(&kept).filter(|column| !moved.contains(&column[0])).collect();
    assert!(lost.is_empty(), "columns went without permission: {lost:?}\nafter the plan:\n{told}");
    if let Some(difference) = Rows::shared_with(before, start).difference(start, goal) {
        panic!("rows changed without permission:\n{difference}\nafter the plan:\n{told}");
    }
    bench.snapshot(start, "careful")
}

/// The partitions of a table that has all rows still, be it an ordinary one or one with other
/// partitions: without them nothing is lost.
fn rows_moved_up(before: &Db<'_>, after: &Db<'_>) -> BTreeSet<String> {
    let rows = |db: &Db<'_>, table: &str| db.value(&format!("SELECT count(*) FROM {table}"));
    let is_there = |table: &str| {
        let name = table.replace('\'', "''");
        let kind = format!("SELECT relkind FROM pg_class WHERE oid = to_regclass('{name}')");
        let kind = after.query(&kind);
        kind == [["r"]] || kind == [["p"]]
    };
    let partitions = before.query(PARTITIONS).into_iter();
    let whole =
        partitions.filter(|row| is_there(&row[1]) && rows(before, &row[1]) == rows(after, &row[1]));
    whole.map(|row| row[0].clone()).collect()
}

/// What is done of a script that is broken off, after each of its transactions: run one after the
/// other, each starts where the one before stopped.
fn broken_off(plan: &Path) -> Vec<String> {
    const COMMIT: &str = "\nCOMMIT;\n";
    let script = fs::read_to_string(plan).unwrap();
    let mut parts: Vec<String> = script
        .match_indices(COMMIT)
        .map(|(at, _)| script[..at + COMMIT.len()].to_owned())
        .collect();
    parts.pop();
    parts
}

/// The headings of the steps of a script: `DROP TABLE public.orders [DATA_LOSS]`.
fn steps(script: &str) -> impl Iterator<Item = &str> {
    script.lines().filter_map(|line| {
        let (number, step) = line.strip_prefix("-- ")?.split_once(". ")?;
        number.parse::<u32>().ok()?;
        Some(step)
    })
}

fn apply(db: &Db<'_>, plan: &Path, run: usize) {
    let output = db.try_file(plan);
    assert!(
        output.status.success(),
        "the plan fails (run {run}): {}\n{}",
        String::from_utf8_lossy(&output.stderr),
        fs::read_to_string(plan).unwrap()
    );
}
