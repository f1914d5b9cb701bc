#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a failed unwrap fails the test"
)]
use super::*;
use crate::diff::{RenameAnswer, RenameDecision};
use crate::model::Id;
use crate::objects::{Column, Table};

/// A snapshot of a table `public.t` with these columns and their types.
fn at(time: &str, columns: &[(&str, &str)]) -> Snapshot {
    let mut snapshot = Snapshot::default();
    snapshot.source.server_version_num = 150_001;
    snapshot.source.captured_at = time.to_owned();
    let of = |(name, data_type): &(&str, &str)| Column {
        name: (*name).into(),
        data_type: (*data_type).into(),
        ..Column::default()
    };
    let columns = columns.iter().map(of).collect();
    let (schema, name) = ("public".to_owned(), "t".to_owned());
    snapshot.objects.table.push(Table {
        schema: schema.into(),
        name: name.into(),
        columns,
        ..Table::default()
    });
    snapshot
}

fn day(day: usize) -> String {
    format!("2026-03-{day:02}T12:00:00Z")
}

/// Events of a lane: the point and a letter.
fn events(history: &History, id: &str) -> String {
    let lane = history.lane(&id.into()).expect("a lane");
    let word = |event: &Event| match &event.what {
        What::Seen => 's',
        What::Added => '+',
        What::Back => 'b',
        What::Changed { .. } => '~',
        What::Renamed { .. } => '>',
        What::Dropped => '-',
    };
    let told = lane.events.iter().map(|event| format!("{}{}", event.point, word(event)));
    told.collect::<Vec<_>>().concat()
}

fn told(snapshots: &[Snapshot], options: &HistoryOptions) -> History {
    history(&snapshots.iter().collect::<Vec<_>>(), options)
}

#[test]
fn times_give_the_order_and_lanes_tell_what_happened() {
    let all = [
        at(&day(3), &[("a", "integer"), ("c", "text")]),
        at(&day(1), &[("a", "text"), ("b", "text")]),
        at(&day(2), &[("a", "integer")]),
        at(&day(4), &[("a", "bigint"), ("b", "text"), ("c", "text")]),
    ];
    let found = told(&all, &HistoryOptions::default());
    assert_eq!(found.points.iter().map(|point| point.snapshot).collect::<Vec<_>>(), [1, 2, 0, 3]);
    assert_eq!(events(&found, "column:public.t.a"), "0s1~3~");
    assert_eq!(events(&found, "column:public.t.b"), "0s1-3b");
    assert_eq!(events(&found, "column:public.t.c"), "2+");
    assert_eq!(events(&found, "table:public.t"), "0s");
    let counts: Vec<_> = found.steps.iter().map(|s| (s.added, s.dropped, s.changed)).collect();
    assert_eq!(counts, [(0, 1, 1), (1, 0, 0), (1, 0, 1)]);
    assert_eq!(found.steps[0].seconds, Some(86_400));
    let blame = found.blame(&"table:public.t".into());
    assert_eq!(blame[0].id, Id::from("table:public.t"));
    let of = |id: &str| blame.iter().find(|blame| blame.id.as_str() == id).unwrap();
    let a = of("column:public.t.a");
    assert!(a.before && a.dropped.is_none());
    let (mark, names) = a.changed.clone().unwrap();
    assert_eq!((mark.point, names), (3, vec!["type".to_owned()]));
    // It came back: the snapshot that shows it again brought it.
    assert_eq!((of("column:public.t.b").brought.point, of("column:public.t.b").before), (3, false));
    assert_eq!(of("column:public.t.c").brought.point, 2);
}

#[test]
fn what_is_not_known_is_not_guessed() {
    let all = [
        at("yesterday", &[]),
        at(&day(1), &[("a", "text")]),
        at("2026-03-01T14:00:00+02:00", &[]),
        at("", &[]),
    ];
    let found = told(&all, &HistoryOptions::default());
    assert_eq!(found.unplaced, [0, 3]);
    assert_eq!(
        found.points.iter().map(|p| (p.snapshot, p.same_time)).collect::<Vec<_>>(),
        [(1, false), (2, true)]
    );
    assert!(found.steps[0].order_unknown);
    assert!(found.lane(&"column:public.t.a".into()).unwrap().events[1].order_unknown);
    let given = HistoryOptions { in_order: true, ..HistoryOptions::default() };
    let found = told(&all, &given);
    assert_eq!((found.points.len(), found.unplaced.len()), (4, 0));
    assert!(found.steps.iter().all(|step| !step.order_unknown && step.seconds.is_none()));
}

#[test]
fn gaps_are_named() {
    let mut all: Vec<Snapshot> = [1, 2, 3, 28].iter().map(|n| at(&day(*n), &[])).collect();
    all[1].source.schemas = vec!["other".to_owned()];
    all[1].objects.table.retain(|_| false);
    all[3].source.database = "else".to_owned();
    let found = told(&all, &HistoryOptions::default());
    assert_eq!(found.steps[0].gaps, [Gap::OtherLimits]);
    assert_eq!(found.steps[1].gaps, [Gap::OtherLimits]);
    assert_eq!(found.steps[2].gaps, [Gap::Long { seconds: 25 * 86_400 }, Gap::OtherDatabase]);
    // Nobody looked at it, so it did not go and come back.
    assert_eq!(events(&found, "table:public.t"), "0s");
    assert_eq!(found.steps[0].dropped, 0);
}

#[test]
fn what_was_not_looked_at_before_is_seen_and_not_added() {
    let mut all = [at(&day(1), &[]), at(&day(2), &[])];
    all[0].source.excluded_schemas = vec!["pub*".to_owned()];
    all[0].objects.table.retain(|_| false);
    let found = told(&all, &HistoryOptions::default());
    assert_eq!(events(&found, "table:public.t"), "1s");
    assert_eq!(found.steps[0].added, 0);
}

#[test]
fn a_confirmed_rename_goes_on_and_takes_its_parts_along() {
    let mut all = [at(&day(1), &[("a", "text")]), at(&day(2), &[("b", "text")])];
    all[1].objects.table.get_mut(0).unwrap().name = "u".into();
    let decide = |from: &str, to: &str| RenameDecision {
        from: from.into(),
        to: to.into(),
        answer: RenameAnswer::Rename,
    };
    let decisions = vec![
        decide("table:public.t", "table:public.u"),
        decide("column:public.t.a", "column:public.u.b"),
    ];
    let found = told(&all, &HistoryOptions { decisions, ..HistoryOptions::default() });
    assert_eq!(events(&found, "table:public.u"), "0s1>");
    assert_eq!(events(&found, "column:public.u.b"), "0s1>");
    assert_eq!((found.steps[0].renamed, found.steps[0].added, found.steps[0].dropped), (2, 0, 0));
    let blame = found.blame(&"table:public.u".into());
    assert_eq!(blame.len(), 2);
    assert_eq!(blame[1].changed.as_ref().unwrap().1, ["name"]);
    // Without a decision one goes and another comes.
    let found = told(&all, &HistoryOptions::default());
    assert_eq!(events(&found, "table:public.u"), "1+");
    assert_eq!((found.steps[0].renamed, found.steps[0].added, found.steps[0].dropped), (0, 2, 2));
}

#[test]
fn objects_are_found_by_the_names_that_people_give() {
    let mut all = [at(&day(1), &[("a", "text"), ("B c", "text")])];
    let found = told(&all, &HistoryOptions::default());
    for (name, id) in [
        ("t", "table:public.t"),
        ("public.t", "table:public.t"),
        ("T.A", "column:public.t.a"),
        ("public.t.\"B c\"", "column:public.t.\"B c\""),
        ("column:public.t.a", "column:public.t.a"),
    ] {
        assert_eq!(find(&found, name), Ok(Id::from(id)), "{name}");
    }
    for (name, alike) in [("a", 1), ("u.a", 1), ("\"T\"", 0), ("", 0)] {
        let Err(FindError::Nothing { alike: found, .. }) = find(&found, name) else {
            panic!("{name}")
        };
        assert_eq!(found.len(), alike, "{name}");
    }
    let (schema, name) = ("s".to_owned(), "t".to_owned());
    all[0].objects.table.push(Table {
        schema: schema.into(),
        name: name.into(),
        ..Table::default()
    });
    let found = told(&all, &HistoryOptions::default());
    let error = find(&found, "t").unwrap_err().to_string();
    assert!(error.contains("table:public.t, table:s.t"), "{error}");
}

#[test]
fn a_log_tells_what_came_as_a_whole_once() {
    let mut all = [at(&day(1), &[("a", "text")]), at(&day(2), &[("a", "integer"), ("b", "text")])];
    let name = "u\u{1b}[2J".to_owned();
    let column = Column { name: "x".into(), ..Column::default() };
    let (schema, columns) = ("public".to_owned(), vec![column]);
    all[1].objects.table.push(Table {
        schema: schema.into(),
        name: name.into(),
        columns,
        ..Table::default()
    });
    let sighted = [("one", Some(day(1))), ("two", None)]
        .map(|(file, seen)| Sighted { file: file.to_owned(), seen });
    let log = Log::new("dev", &told(&all, &HistoryOptions::default()), &sighted);
    assert_eq!(log.snapshots[0].since.as_ref().map(|step| step.events.len()), Some(4));
    let text = log.text(crate::report::Style::Plain);
    let shown: Vec<&str> = text.lines().filter(|line| line.starts_with("    ")).collect();
    assert_eq!(shown[0].trim(), "~ column public.t.a");
    assert_eq!(shown[1].trim(), "type: text → integer");
    assert_eq!(shown[2].trim(), "+ column public.t.b");
    assert_eq!(shown.len(), 4, "{text}");
    assert!(text.contains(&format!("{}, the same at {}", day(1), day(1))), "{text}");
    assert!(!text.contains('\u{1b}'), "{text}");
}

#[cfg(not(target_family = "wasm"))]
mod laws {
    use proptest::prelude::*;

    use super::*;
    use crate::snapshot::read;

    const SAMPLES: [&str; 2] = [
        include_str!("../../../web/samples/production.json"),
        include_str!("../../../web/samples/development.json"),
    ];

    proptest! {
        #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

        /// What steps count is what comparisons count, and lanes end where the last snapshot is.
        #[test]
        fn steps_and_lanes_agree_with_comparisons(masks in prop::collection::vec(any::<u64>(), 2..6)) {
            let all: Vec<Snapshot> = masks
                .iter()
                .enumerate()
                .map(|(number, mask)| {
                    let mut snapshot = read(SAMPLES[number % 2].as_bytes()).unwrap();
                    snapshot.source.captured_at = day(number + 1);
                    snapshot.objects.retain(|object| {
                        let sum: u64 = object.id().as_str().bytes().map(u64::from).sum();
                        mask >> (sum % 64) & 1 == 0
                    });
                    snapshot
                })
                .collect();
            let found = told(&all, &HistoryOptions::default());
            for (pair, step) in all.windows(2).zip(&found.steps) {
                let drift = diff(&pair[0], &pair[1], &DiffOptions::default());
                let sum = |of: fn(&crate::diff::Total) -> usize| drift.totals.iter().map(of).sum::<usize>();
                prop_assert_eq!(step.added, sum(|total| total.created));
                prop_assert_eq!(step.dropped, sum(|total| total.dropped));
                prop_assert_eq!(step.changed, sum(|total| total.altered));
            }
            let last: Vec<Id> = all.last().unwrap().objects().map(|info| info.id).collect();
            let there = found.lanes.iter().filter(|lane| lane.is_there()).count();
            prop_assert_eq!(there, last.len());
            prop_assert!(last.iter().all(|id| found.lane(id).is_some_and(Lane::is_there)));
            prop_assert!(found.lanes.iter().all(|lane| lane.blame().is_some()));
        }
    }
}
