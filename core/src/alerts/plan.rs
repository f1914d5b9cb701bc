//! The alerts of a plan: what is not in the script is an error, other hazards warn or inform.

use std::collections::BTreeSet;

use super::model::{Alert, Alerts, Level, Place, Sort, Test};
use super::uri::fingerprint;
use crate::action::{Hazard, RiskLevel};
use crate::plan::StepState;
use crate::report::words::number;
use crate::report::{Report, StepReport};

/// The sort of steps that are left out for another reason than a hazard of their own.
const LEFT_OUT: Sort = Sort {
    id: "LEFT_OUT",
    means: "The step is not in the script, because a step that it goes with is not.",
    level: Level::Error,
};

/// A suite for each transaction, with a test for each step. `file` is where the alerts stand.
pub fn of_plan(report: &Report, file: &str) -> Alerts {
    let place = Place { path: file.to_owned(), line: None };
    let steps = report.plan.iter().flat_map(|plan| &plan.steps);
    let tests: Vec<Test> = steps
        .map(|step| Test {
            suite: suite(step),
            title: title(step),
            place: place.clone(),
            said: said(step),
            skipped: false,
            alerts: alerts(step),
        })
        .collect();
    let mut seen = BTreeSet::new();
    let suites = tests.iter().map(|test| test.suite.clone());
    let suites = suites.filter(|suite| seen.insert(suite.clone())).collect();
    let hazards = Hazard::ALL.iter().map(|hazard| Sort {
        id: hazard.name(),
        means: hazard.means(),
        level: level(*hazard),
    });
    Alerts {
        command: "plan",
        subject: format!("{} → {}", report.from.label, report.to.label),
        summary: summary(report),
        sorts: hazards.chain([LEFT_OUT]).collect(),
        suites,
        tests,
    }
}

fn summary(report: &Report) -> String {
    report.plan.as_ref().map_or_else(String::new, |plan| {
        let risk = &plan.risk;
        let (plan, downtime) = (&plan.verdict.summary, &risk.downtime.summary);
        format!("{plan}. Risk: {}. Downtime: {downtime}", risk.summary)
    })
}

/// A hazard that withholds is an error where it does; allowed, it warns.
fn level(hazard: Hazard) -> Level {
    match hazard.risk() {
        RiskLevel::Low => Level::Note,
        RiskLevel::Medium | RiskLevel::High => Level::Warning,
    }
}

fn suite(step: &StepReport) -> String {
    match (&step.state, step.transaction) {
        (StepState::Included, Some(transaction)) => format!("transaction {transaction}"),
        (StepState::Included, None) => "outside of a transaction".to_owned(),
        _ => "not in the script".to_owned(),
    }
}

fn title(step: &StepReport) -> String {
    format!("{}. {} {}", number(step.number), step.verb, step.object.name())
}

fn said(step: &StepReport) -> String {
    let mut said = format!("risk: {}", step.risk.level.word());
    said.push_str(&format!("\nway back: {}", step.risk.way_back.word()));
    if let Some(lock) = &step.lock {
        let held = step.risk.held.unwrap_or(step.risk.takes);
        let (mode, on) = (lock.mode.name(), lock.on.name());
        said.push_str(&format!("\nlock: {mode} on {on}, held: {}", held.in_words()));
    }
    format!("{said}\n{};", step.sql)
}

fn alerts(step: &StepReport) -> Vec<Alert> {
    let alert = |sort: &'static str, level: Level, at: usize, what: &str| Alert {
        sort,
        level,
        message: format!("step {}: {what}", title(step)),
        kind: Some(step.object.kind().to_owned()),
        name: step.object.name().to_owned(),
        // Numbers of steps and rows change from run to run; the statement does not.
        fingerprint: fingerprint(["plan", sort, step.object.as_str(), &step.sql, &at.to_string()]),
        waived: None,
    };
    if let Some(why) = &step.withheld_because {
        let sort = match &step.state {
            StepState::Withheld { hazard } => hazard.name(),
            _ => LEFT_OUT.id,
        };
        return vec![alert(sort, Level::Error, 0, &format!("not in the script: {why}"))];
    }
    let hazards = step.hazards.iter().enumerate();
    let alerts =
        hazards.map(|(at, note)| alert(note.hazard.name(), level(note.hazard), at, &note.message));
    alerts.collect()
}
