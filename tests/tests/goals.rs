//! The checks afterwards tell every single attribute, on real servers: for each one that differs in a
//! case of the corpus, the check of a plan that changes it alone is not met before, and the check of
//! the plan that changes it back is. A script that can run again asks the same.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at the first surprise")]

use std::fs;
use std::path::Path;
use std::thread;

use libtest_mimic::{Arguments, Failed, Trial};
use pgparity_core::diff::{DiffOptions, diff};
use pgparity_core::plan::{Plan, PlanOptions, plan};
use pgparity_core::snapshot::{Snapshot, read};
use pgparity_tests::coverage::singles;
use pgparity_tests::{Bench, Cluster, corpus, programs};

fn main() {
    let arguments = Arguments::from_args();
    let major = programs::versions().into_iter().max().expect("there is a server");
    let mut trials = Vec::new();
    for folder in corpus::cases().into_iter().filter(|folder| corpus::runs_on(folder, major)) {
        for (side, other) in [("from", "to"), ("to", "from")] {
            let folder = folder.clone();
            let name = format!("v{major}/{}/{side}", corpus::name(&folder));
            trials.push(Trial::test(name, move || judge(major, &folder, side, other)));
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}

fn judge(major: u32, folder: &Path, side: &str, other: &str) -> Result<(), Failed> {
    let (bench, cluster) = (Bench::new(), Cluster::shared(major));
    let load = |side: &str| {
        let db = cluster.database(&format!("goals {side} {:?}", thread::current().id()));
        db.file(folder.join(format!("{side}.sql")));
        let state = read(&fs::read(bench.snapshot(&db, side)).unwrap()).unwrap();
        (db, state)
    };
    let ((db, now), (_, to)) = (load(side), load(other));
    let mut script = "\\pset tuples_only on\n\\pset format unaligned\n".to_owned();
    let singles = singles(&now, &to);
    for single in &singles {
        for plan in [planned(&now, &single.state), planned(&single.state, &now)] {
            script += "\\echo == plan\n";
            for check in &plan.post_checks {
                script += &format!("{};\n", check.sql);
            }
        }
    }
    let output = db.try_sql(&script);
    let told = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        return Err(format!("the checks do not run: {told}").into());
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let mut found = text.split("== plan\n").skip(1);
    let mut wrong = Vec::new();
    for single in &singles {
        let (forth, back) = (found.next().unwrap(), found.next().unwrap());
        let asked = !planned(&now, &single.state).post_checks.is_empty();
        if asked && forth.trim().is_empty() {
            wrong.push(format!("{}: taken for done", single.what));
        }
        if !back.trim().is_empty() {
            wrong.push(format!("{}: done, and not seen: {}", single.what, back.trim()));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
}

fn planned(from: &Snapshot, to: &Snapshot) -> Plan {
    let drift = diff(from, to, &DiffOptions::default());
    let allow = pgparity_core::action::Hazard::ALL.iter().copied().collect();
    plan(from, to, &drift, &PlanOptions { allow, ..PlanOptions::default() })
}
