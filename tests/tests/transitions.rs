//! Every case of the corpus, both ways: apply the plan from A to B on a real server, and nothing
//! may be left to do, the dumps must agree, and the rows must still be there.
//!
//! A case is a folder `corpus/<area>--<case>` with `from.sql` and `to.sql`; `seed.sql` puts rows
//! into the state at the start, and `seed-reverse.sql` takes its place on the way back. A file
//! `versions` with `>=16` keeps the case from older servers.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use std::env;
use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};

use libtest_mimic::{Arguments, Failed, Trial};
use pgparity_tests::{Bench, Cluster, Db, Pgparity, Rows, programs, workspace};

/// How a plan is written and run.
#[derive(Clone, Copy, Debug)]
enum Mode {
    /// As `pgparity plan` does by itself.
    Plain,
    /// `--mode online`: built for tables that are in use.
    Online,
    /// `--mode simple`: one transaction.
    Simple,
    /// `--idempotent`, run twice.
    Idempotent,
}

#[derive(Clone, Copy)]
enum Direction {
    Forward,
    Back,
}

/// Cases that are known to fail, with what is missing. A case that passes must leave this list.
const KNOWN: &[(&str, &str)] = &[
    (
        "v18/partitions--columns-and-indexes/forward",
        "from 18 on NOT NULL is a constraint: what a detached partition keeps of its parent's",
    ),
    ("v18/tables--inheritance/back", "the same for a child that leaves its parent"),
    (
        "partitions--attach-and-detach/forward",
        "indexes that a partition has from its parent stay when it is detached; the snapshot does \
         not list them, so the plan creates them again",
    ),
    (
        "partitions--attach-and-detach/back",
        "the same, the other way round: what the attached table had stays beside the parent's",
    ),
    (
        "zoo--from-nothing/forward",
        "an index ON ONLY a partitioned table is created on all of its partitions: which of their \
         indexes are attached is not in the snapshot",
    ),
    (
        "tables--inheritance/forward",
        "no statement makes a child's own column an inherited one: the plan is complete, the dump \
         still names the column",
    ),
];

struct Case {
    folder: PathBuf,
    name: String,
    direction: Direction,
}

fn main() {
    let arguments = Arguments::from_args();
    let modes = modes();
    let mut trials = Vec::new();
    for major in programs::versions() {
        for folder in cases().into_iter().filter(|folder| loads_on(folder, major)) {
            for direction in [Direction::Forward, Direction::Back] {
                for &mode in &modes {
                    let case = Case::new(&folder, direction);
                    let name = format!("v{major}/{}/{mode:?}", case.name).to_lowercase();
                    trials.push(Trial::test(name, move || case.judge(major, mode)));
                }
            }
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}

fn cases() -> Vec<PathBuf> {
    let entries = fs::read_dir(workspace::tests("corpus")).unwrap();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders
}

/// False for a case whose file `versions` asks for a newer server.
fn loads_on(folder: &Path, major: u32) -> bool {
    let Ok(text) = fs::read_to_string(folder.join("versions")) else { return true };
    let oldest = text.trim().strip_prefix(">=").and_then(|version| version.parse::<u32>().ok());
    major >= oldest.unwrap_or_else(|| panic!("{}: not of the form >=16", folder.display()))
}

/// `PGPARITY_TEST_MODES` (`plain,online,simple,idempotent` or `all`) names the modes; plain alone
/// when it is not set.
fn modes() -> Vec<Mode> {
    let all = [Mode::Plain, Mode::Online, Mode::Simple, Mode::Idempotent];
    let named = env::var("PGPARITY_TEST_MODES").unwrap_or_else(|_| "plain".to_owned());
    let named: Vec<&str> = named.split(',').map(str::trim).collect();
    let chosen = all.into_iter().filter(|mode| {
        named.contains(&"all") || named.contains(&format!("{mode:?}").to_lowercase().as_str())
    });
    chosen.collect()
}

impl Mode {
    fn options(self) -> &'static [&'static str] {
        match self {
            Self::Plain => &[],
            Self::Online => &["--mode", "online"],
            Self::Simple => &["--mode", "simple"],
            Self::Idempotent => &["--idempotent"],
        }
    }

    fn runs(self) -> usize {
        if matches!(self, Self::Idempotent) { 2 } else { 1 }
    }
}

impl Case {
    fn new(folder: &Path, direction: Direction) -> Self {
        let base = folder.file_name().unwrap().to_str().unwrap();
        let way = match direction {
            Direction::Forward => "forward",
            Direction::Back => "back",
        };
        Self { folder: folder.to_path_buf(), name: format!("{base}/{way}"), direction }
    }

    /// Runs the case; one that is known to fail must fail.
    fn judge(&self, major: u32, mode: Mode) -> Result<(), Failed> {
        let Some((_, missing)) = KNOWN
            .iter()
            .find(|(name, _)| *name == self.name || *name == format!("v{major}/{}", self.name))
        else {
            self.run(Cluster::shared(major), mode);
            return Ok(());
        };
        match panic::catch_unwind(AssertUnwindSafe(|| self.run(Cluster::shared(major), mode))) {
            Err(_) => {
                println!("{} fails as known: {missing}", self.name);
                Ok(())
            }
            Ok(()) => Err("it passes now: take it off the list of known failures".into()),
        }
    }

    fn run(&self, cluster: &Cluster, mode: Mode) {
        let bench = Bench::new();
        let database = |side: &str| cluster.database(&format!("{}/{mode:?}/{side}", self.name));
        let (start, goal) = (database("start"), database("goal"));
        self.load(&start, &goal);
        let (from, to) = (bench.snapshot(&start, "from"), bench.snapshot(&goal, "to"));

        bench.expect_empty_plan(&to, &to);
        Bench::diff(&from, &to).expect_status(1);
        let rows = Rows::shared_with(&start, &goal);
        let options = [&["--allow", "all"], mode.options()].concat();
        let plan = bench.plan(&from, &to, &options, "plan");
        for run in 1..=mode.runs() {
            apply(&start, &plan, run);
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
        if let Some(difference) = rows.difference(&start) {
            panic!("rows changed:\n{difference}\nafter the plan:\n{script}");
        }
    }

    fn load(&self, start: &Db<'_>, goal: &Db<'_>) {
        let reverse_seed = self.folder.join("seed-reverse.sql");
        let (first, second, seed) = match self.direction {
            Direction::Forward => ("from.sql", "to.sql", self.folder.join("seed.sql")),
            Direction::Back if reverse_seed.is_file() => ("to.sql", "from.sql", reverse_seed),
            Direction::Back => ("to.sql", "from.sql", self.folder.join("seed.sql")),
        };
        start.file(self.folder.join(first));
        goal.file(self.folder.join(second));
        if seed.is_file() {
            start.file(&seed);
        }
    }
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
