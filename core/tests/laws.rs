//! Laws that hold for every snapshot, tried on the sample pair and on what chance makes of it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails should panic"
)]

use std::collections::BTreeSet;

use pgparity_core::action::Hazard;
use pgparity_core::diff::{
    ChangeKind, DiffOptions, IgnoreRule, RenameAnswer, RenameDecision, diff,
};
use pgparity_core::objects::Kind;
use pgparity_core::plan::{
    Mode, PlanOptions, ScriptOptions, StepState, plan, reverse, script, script_with,
};
use pgparity_core::snapshot::{Snapshot, SnapshotError, fingerprint, read, write};
use proptest::prelude::*;

const PRODUCTION: &str = include_str!("../../web/samples/production.json");
const DEVELOPMENT: &str = include_str!("../../web/samples/development.json");

fn sample(text: &str) -> Snapshot {
    read(text.as_bytes()).expect("the samples are snapshots")
}

fn everything() -> PlanOptions {
    PlanOptions { allow: Hazard::ALL.iter().copied().collect(), ..PlanOptions::default() }
}

#[test]
fn equal_snapshots_have_no_drift_and_need_no_plan() {
    let snapshot = sample(DEVELOPMENT);
    let drift = diff(&snapshot, &snapshot, &DiffOptions::default());
    assert!(drift.is_empty());
    assert!(drift.totals.iter().all(|t| t.from == t.same && t.to == t.same));
    let plan = plan(&snapshot, &snapshot, &drift, &everything());
    assert!(plan.steps.is_empty() && plan.is_complete());
    assert!(script(&plan).contains("Nothing to do"));
}

#[test]
fn a_plan_without_a_step_says_so_where_something_differs() {
    let (from, to) = (sample(PRODUCTION), sample(DEVELOPMENT));
    let mut drift = diff(&from, &to, &DiffOptions::default());
    // As if the object's kind knew no statement for it.
    drift
        .changes
        .retain(|change| change.change == ChangeKind::Alter && change.kind != Kind::Column);
    drift.changes.truncate(1);
    assert_eq!(drift.changes.len(), 1);
    let plan = plan(&from, &from, &drift, &everything());
    assert!(plan.steps.is_empty() && plan.is_unanswered());
    let script = script(&plan);
    assert!(script.contains("no statement"), "{script}");
    assert!(script.contains(drift.changes[0].id.name()) && !script.contains("Nothing to do"));
}

#[test]
fn what_is_written_reads_back_to_the_byte() {
    for text in [PRODUCTION, DEVELOPMENT] {
        let snapshot = sample(text);
        assert_eq!(write(&snapshot), text);
        assert_eq!(fingerprint(&snapshot), snapshot.fingerprint);
    }
}

#[test]
fn totals_reconcile() {
    let (from, to) = (sample(PRODUCTION), sample(DEVELOPMENT));
    let drift = diff(&from, &to, &DiffOptions::default());
    for total in &drift.totals {
        assert_eq!(
            total.from,
            total.same + total.dropped + total.altered + total.renamed,
            "{total:?}"
        );
        assert_eq!(
            total.to,
            total.same + total.created + total.altered + total.renamed,
            "{total:?}"
        );
    }
}

#[test]
fn nothing_that_loses_data_is_in_a_script_that_nobody_allowed_it_in() {
    let (from, to) = (sample(PRODUCTION), sample(DEVELOPMENT));
    let drift = diff(&from, &to, &DiffOptions::default());
    let careful = plan(&from, &to, &drift, &PlanOptions::default());
    assert!(!careful.is_complete());
    for step in careful.included() {
        assert!(step.hazards.iter().all(|note| note.hazard != Hazard::DataLoss), "{}", step.sql);
        // What it needs, and what it is only right with, is in the script too.
        let grouped =
            |other: &&pgparity_core::plan::Step| other.group.is_some() && other.group == step.group;
        let company = careful.steps.iter().filter(grouped).map(|other| other.number);
        for number in step.needs.iter().copied().chain(company) {
            let other = careful.steps.iter().find(|s| s.number == number).unwrap();
            assert_eq!(other.state, StepState::Included, "{} needs {}", step.sql, other.sql);
        }
    }
    let text = script(&careful);
    let live: Vec<&str> = text.lines().filter(|line| !line.starts_with("--")).collect();
    assert!(!live.iter().any(|line| line.contains("DROP TABLE") || line.contains("DROP COLUMN")));
    assert!(text.contains("--allow DATA_LOSS"));
}

#[test]
fn a_step_comes_after_all_that_it_needs() {
    for (a, b) in [(PRODUCTION, DEVELOPMENT), (DEVELOPMENT, PRODUCTION)] {
        let (from, to) = (sample(a), sample(b));
        let plan = plan(&from, &to, &diff(&from, &to, &DiffOptions::default()), &everything());
        for (place, step) in plan.steps.iter().enumerate() {
            assert_eq!(step.number, place + 1);
            assert!(step.needs.iter().all(|needed| *needed < step.number), "{}", step.sql);
        }
        let keys: BTreeSet<&str> = plan.steps.iter().map(|step| step.key.as_str()).collect();
        assert_eq!(keys.len(), plan.steps.len(), "keys name one step each");
    }
}

#[test]
fn turning_a_step_off_turns_off_what_needs_it() {
    let (from, to) = (sample(PRODUCTION), sample(DEVELOPMENT));
    let drift = diff(&from, &to, &DiffOptions::default());
    let full = plan(&from, &to, &drift, &everything());
    let create = full.steps.iter().find(|step| step.verb == "CREATE TABLE").unwrap();
    let options = PlanOptions { off: BTreeSet::from([create.key.clone()]), ..everything() };
    let less = plan(&from, &to, &drift, &options);
    let number = create.number;
    assert_eq!(less.steps[number - 1].state, StepState::Off);
    let blocked =
        less.steps.iter().filter(|s| matches!(s.state, StepState::Blocked { .. })).count();
    let needing = full.steps.iter().filter(|s| s.needs.contains(&number)).count();
    assert!(needing > 0 && blocked >= needing);
}

#[test]
fn a_confirmed_rename_keeps_the_table_and_a_refused_one_does_not() {
    let (from, to) = (sample(PRODUCTION), sample(DEVELOPMENT));
    let candidate = diff(&from, &to, &DiffOptions::default())
        .rename_candidates
        .into_iter()
        .find(|c| c.kind.as_str() == "table")
        .expect("the sample has a renamed table");
    let decide =
        |answer| RenameDecision { from: candidate.from.clone(), to: candidate.to.clone(), answer };
    let options =
        DiffOptions { decisions: vec![decide(RenameAnswer::Rename)], ..DiffOptions::default() };
    let drift = diff(&from, &to, &options);
    assert!(drift.changes.iter().any(|c| c.change == ChangeKind::Rename && c.id == candidate.to));
    let text = script(&plan(&from, &to, &drift, &everything()));
    assert!(text.contains("RENAME TO") && !text.contains("DROP TABLE"));
    let options = DiffOptions {
        decisions: vec![decide(RenameAnswer::DropAndCreate)],
        ..DiffOptions::default()
    };
    let drift = diff(&from, &to, &options);
    assert!(drift.rename_candidates.iter().all(|c| c.from != candidate.from));
    assert!(script(&plan(&from, &to, &drift, &everything())).contains("DROP TABLE"));
}

#[test]
fn the_way_back_says_what_does_not_come_back() {
    let (from, to) = (sample(PRODUCTION), sample(DEVELOPMENT));
    let back = reverse(&from, &to, &DiffOptions::default(), &everything());
    assert_eq!(back.from.fingerprint, to.fingerprint);
    assert_eq!(back.to.fingerprint, from.fingerprint);
    assert!(
        back.notes
            .iter()
            .any(|note| note.code == "not_restored" && note.message.contains("fee_groups"))
    );
}

#[test]
fn the_way_back_follows_the_same_rules_and_options() {
    let (from, to) = (sample(PRODUCTION), sample(DEVELOPMENT));
    let kind = Kind::named("table");
    let rule = IgnoreRule { kind, ..IgnoreRule::default() };
    let comparing = DiffOptions { ignore: vec![rule], ..DiffOptions::default() };
    let options = PlanOptions { idempotent: true, mode: Some(Mode::Simple), ..everything() };
    let back = reverse(&from, &to, &comparing, &options);
    assert!(!back.steps.is_empty() && back.rerun.is_some() && back.mode == Mode::Simple);
    assert!(back.steps.iter().all(|step| !step.verb.ends_with(" TABLE")), "tables are hidden");
    let forward = plan(&from, &to, &diff(&from, &to, &DiffOptions::default()), &everything());
    let losses: Vec<_> = forward.not_restored().collect();
    assert!(losses.iter().any(|loss| loss.object.name().contains("fee_groups") && loss.included));
    let back = reverse(&from, &to, &DiffOptions::default(), &everything());
    let notes = back.notes.iter().filter(|note| note.code == "not_restored").count();
    assert_eq!(notes, losses.len());
}

#[test]
fn steps_say_after_which_others_they_are_better() {
    let (from, to) = (sample(PRODUCTION), sample(DEVELOPMENT));
    let made = plan(&from, &to, &diff(&from, &to, &DiffOptions::default()), &everything());
    let better = "it could run before, but is better so";
    let step = made.steps.iter().find(|step| step.reasons.iter().any(|why| why.ends_with(better)));
    let step = step.expect("some order is a wish");
    let why = step.reasons.iter().find(|why| why.ends_with(better)).unwrap();
    let number: usize =
        why.split(['p', ',']).find_map(|part| part.trim().parse().ok()).expect("a step's number");
    assert!(number < step.number && !step.needs.contains(&number), "{why}");
}

#[test]
fn a_script_waits_for_locks_as_long_as_it_is_told() {
    let (from, to) = (sample(PRODUCTION), sample(DEVELOPMENT));
    let drift = diff(&from, &to, &DiffOptions::default());
    for (mode, lock_timeout, setting) in [
        (Mode::Online, None, Some("'10s'")),
        (Mode::Simple, None, None),
        (Mode::Simple, Some(1_500), Some("'1500ms'")),
        (Mode::Online, Some(60_000), Some("'60s'")),
        (Mode::Online, Some(0), Some("'0'")),
    ] {
        let made = plan(&from, &to, &drift, &PlanOptions { mode: Some(mode), ..everything() });
        let text = script_with(&made, ScriptOptions { lock_timeout });
        let line = setting.map(|value| format!("SET lock_timeout = {value};"));
        let found = text.lines().find(|line| line.starts_with("SET lock_timeout"));
        assert_eq!(found, line.as_deref());
    }
}

#[test]
fn a_document_that_is_no_snapshot_is_told_so_with_its_place() {
    let cut = &DEVELOPMENT[..DEVELOPMENT.len() / 2];
    let newer = DEVELOPMENT.replacen("\"version\": 1", "\"version\": 99", 1);
    let wrong = DEVELOPMENT.replacen("\"not_null\": true", "\"not_null\": \"yes\"", 1);
    let deep = "[".repeat(100_000);
    let twice = DEVELOPMENT.replacen("\"name\": \"billing\"", "\"name\": \"audit\"", 1);
    assert!(matches!(read(b""), Err(SnapshotError::Empty)));
    assert!(matches!(read(b" \n"), Err(SnapshotError::Empty)));
    assert!(matches!(read(b"\xff\xfe{"), Err(SnapshotError::NotUtf8 { offset: 0 })));
    assert!(matches!(read(b"-- PostgreSQL database dump"), Err(SnapshotError::Sql)));
    assert!(matches!(read(b"{\"a\": 1}"), Err(SnapshotError::OtherFormat { .. })));
    assert!(matches!(read(b"[1, 2]"), Err(SnapshotError::OtherFormat { .. })));
    assert!(matches!(read(cut.as_bytes()), Err(SnapshotError::Truncated { .. })));
    assert!(matches!(read(newer.as_bytes()), Err(SnapshotError::NewerVersion { found: 99 })));
    assert!(matches!(read(twice.as_bytes()), Err(SnapshotError::Duplicate { .. })));
    assert!(matches!(read(deep.as_bytes()), Err(SnapshotError::OtherFormat { .. })));
    let hidden = format!("{{\"format\": \"pgparity-snapshot\", \"x\": {deep}");
    assert!(read(hidden.as_bytes()).is_err());
    match read(wrong.as_bytes()) {
        Err(SnapshotError::Content { path, line, .. }) => {
            assert!(path.starts_with("objects.") && path.ends_with("not_null"), "{path}");
            assert!(line > 1);
        }
        other => panic!("expected a content error, got {other:?}"),
    }
}

#[test]
fn a_name_with_a_line_break_cannot_leave_its_comment() {
    let (mut from, to) = (sample(PRODUCTION), sample(DEVELOPMENT));
    from.source.label = Some("x\nDROP TABLE orders;\u{2028}--".to_owned());
    from.objects.table[0].name = "t\r\nDROP DATABASE shop; --".into();
    from.objects.sort();
    let text = script(&plan(
        &from,
        &to,
        &diff(&from, &to, &DiffOptions::default()),
        &PlanOptions::default(),
    ));
    assert!(
        !text
            .lines()
            .any(|line| line.starts_with("DROP TABLE orders") || line.starts_with("DROP DATABASE"))
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// The order of the lists in a document means nothing.
    #[test]
    fn shuffled_input_gives_the_same_bytes(seed in any::<u64>()) {
        let (from, mut to) = (sample(PRODUCTION), sample(DEVELOPMENT));
        let before = script(&plan(&from, &to, &diff(&from, &to, &DiffOptions::default()), &everything()));
        let turn = usize::try_from(seed % 17).unwrap();
        to.objects.index.order_mut().rotate_left(turn);
        to.objects.constraint.order_mut().reverse();
        to.objects.table.order_mut().rotate_right(turn);
        to.objects.view.order_mut().reverse();
        let text = serde_json::to_string(&to).unwrap();
        let again = read(text.as_bytes()).unwrap();
        let after = script(&plan(&from, &again, &diff(&from, &again, &DiffOptions::default()), &everything()));
        prop_assert_eq!(before, after);
    }

    /// Whatever the bytes are, reading ends with an answer.
    #[test]
    fn reading_never_panics(cut in 0_usize..190_000, with in any::<Vec<u8>>()) {
        let mut bytes = DEVELOPMENT.as_bytes().to_vec();
        let at = cut.min(bytes.len());
        bytes.splice(at..(at + with.len()).min(bytes.len()), with);
        let _ = read(&bytes);
    }

    /// Taking objects away on either side never leads to a plan that panics or contradicts itself.
    #[test]
    fn any_two_parts_of_a_schema_have_a_plan(keep_from in any::<u64>(), keep_to in any::<u64>()) {
        let (mut from, mut to) = (sample(PRODUCTION), sample(DEVELOPMENT));
        for (snapshot, mask) in [(&mut from, keep_from), (&mut to, keep_to)] {
            snapshot.objects.retain(|object| {
                let sum: u64 = object.id().as_str().bytes().map(u64::from).sum();
                mask >> (sum % 64) & 1 == 1
            });
        }
        let drift = diff(&from, &to, &DiffOptions::default());
        let plan = plan(&from, &to, &drift, &everything());
        prop_assert!(plan.is_complete());
        prop_assert!(plan.steps.iter().all(|step| step.needs.iter().all(|n| *n < step.number)));
        prop_assert_eq!(plan.steps.is_empty() && plan.notes.is_empty(), drift.is_empty());
    }
}
