//! Which alerts there are; the forms are read by their readers in `tests/tests/alerts.rs`.

use std::collections::BTreeSet;

use super::{Alerts, Level, Weight, github, of_drift, of_plan};
use crate::action::Hazard;
use crate::report::{build, samples};

fn count(alerts: &Alerts, weight: Weight) -> usize {
    alerts.weighing(weight).count()
}

fn prints(alerts: &Alerts) -> BTreeSet<&str> {
    let all = alerts.tests.iter().flat_map(|test| &test.alerts);
    all.map(|alert| alert.fingerprint.as_str()).collect()
}

#[test]
fn each_difference_is_an_error_with_both_values() {
    let report = build(&samples::drift(), None);
    let alerts = of_drift(&report, "development.json");
    assert_eq!(count(&alerts, Weight::Error), 7);
    assert_eq!(prints(&alerts).len(), 7);
    let messages: Vec<&str> =
        alerts.weighing(Weight::Error).map(|(_, alert)| alert.message.as_str()).collect();
    for message in [
        "column public.customers.date_of_birth is missing: it is in development, not in production",
        "column public.customers.email is changed: type: text → character varying(200)",
        "index public.customers.customers_email_idx is extra: it is in production, not in development",
        "view public.open_orders is changed: definition differs",
        "table public.remarks is renamed; in production it is public.notes",
    ] {
        assert!(messages.contains(&message), "{message}\n{messages:#?}");
    }
    let equal = alerts.tests.iter().filter(|test| !test.failed()).count();
    assert_eq!(equal, 4, "of each kind some are equal");
    assert!(alerts.tests.iter().all(|test| alerts.suites.contains(&test.suite)));
}

#[test]
fn no_drift_is_no_alert() {
    let alerts = of_drift(&build(&samples::no_drift(), None), "x");
    assert!(alerts.tests.len() == 2 && prints(&alerts).is_empty());
}

#[test]
fn a_step_that_is_left_out_is_an_error_and_others_warn() {
    let report = build(&samples::drift(), Some(&samples::plan()));
    let alerts = of_plan(&report, "development.json");
    let errors: Vec<_> = alerts.weighing(Weight::Error).collect();
    let [(test, alert)] = &errors[..] else { unreachable!("{errors:?}") };
    assert_eq!((alert.sort, test.suite.as_str()), ("DATA_LOSS", "not in the script"));
    assert_eq!(
        alert.message,
        "step 4. DROP TABLE public.old: not in the script: DATA_LOSS is not allowed: its 12 rows are \
         deleted"
    );
    assert_eq!(count(&alerts, Weight::Note), 1, "blocking is told, and rated by its time");
    assert_eq!(alerts.tests.len(), 4);
    assert!(
        alerts.tests[1]
            .said
            .contains("lock: ACCESS EXCLUSIVE on public.customers, held: 1 s to 43 s")
    );
    assert!(github(&alerts).lines().any(|line| line.starts_with("::error ")));
}

#[test]
fn what_is_allowed_warns() {
    let mut plan = samples::plan();
    plan.steps[3].state = crate::plan::StepState::Included;
    let alerts = of_plan(&build(&samples::drift(), Some(&plan)), "x");
    assert_eq!((count(&alerts, Weight::Error), count(&alerts, Weight::Warning)), (0, 1));
    let loss = alerts.sorts.iter().find(|sort| sort.id == Hazard::DataLoss.name());
    assert_eq!(loss.map(|sort| sort.level), Some(Level::Warning));
}

#[test]
fn a_fingerprint_does_not_know_numbers() {
    let (mut plan, drift) = (samples::plan(), samples::drift());
    let before = of_plan(&build(&drift, Some(&plan)), "x");
    for step in &mut plan.steps {
        step.number += 10;
        for note in &mut step.hazards {
            note.message.push_str(", 13 rows");
        }
    }
    let after = of_plan(&build(&drift, Some(&plan)), "x");
    assert_eq!(prints(&before), prints(&after));
}
