#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
use super::*;
use crate::diff::{DiffOptions, RenameAnswer, RenameDecision, diff};
use crate::objects::{Constraint, PartitionOf};

/// Tables, with what each is a partition of, and foreign keys.
fn snapshot(tables: &[(&str, Option<&str>)], keys: &[(&str, &str)]) -> Snapshot {
    let mut found = Snapshot::default();
    for (name, above) in tables {
        let partition_of = above.map(|above| PartitionOf {
            table: format!("public.{above}").into(),
            bound: "DEFAULT".into(),
        });
        let (schema, name) = ("public".to_owned(), (*name).to_owned());
        found.objects.table.push(Table {
            schema: schema.into(),
            name: name.into(),
            partition_of,
            ..Table::default()
        });
    }
    for (table, target) in keys {
        found.objects.constraint.push(Constraint {
            schema: "public".into(),
            table: (*table).into(),
            name: format!("{table}_{target}").into(),
            references: Some(Id::new("table", &["public", target])),
            ..Constraint::default()
        });
    }
    found.objects.sort();
    found
}

fn names(graph: &Relations, places: &BTreeSet<usize>) -> String {
    places.iter().map(|at| graph.tables[*at].name.as_str()).collect::<Vec<_>>().join(" ")
}

#[test]
fn partitions_are_in_their_table_and_hops_go_both_ways() {
    let tables = [
        ("a", None),
        ("b", None),
        ("c", None),
        ("d", None),
        ("p", None),
        ("p1", Some("p")),
        ("p11", Some("p1")),
    ];
    let graph =
        of_snapshot(&snapshot(&tables, &[("a", "b"), ("c", "b"), ("p11", "c"), ("a", "a")]));
    assert_eq!(
        names(&graph, &graph.tables.iter().enumerate().map(|(at, _)| at).collect()),
        "a b c d p"
    );
    assert_eq!(graph.tables[4].partitions.len(), 2);
    let start = BTreeSet::from([graph.place(&"table:public.a".into()).unwrap()]);
    let told: Vec<String> = (0..4).map(|hops| names(&graph, &graph.around(&start, hops))).collect();
    assert_eq!(told, ["a", "a b", "a b c", "a b c p"]);
    let part = graph.only(&graph.around(&start, 1));
    assert_eq!((part.tables.len(), part.edges.len()), (2, 2));
    assert_eq!(graph.place(&"table:public.p11".into()), Some(4));
}

#[test]
fn a_drift_marks_tables_and_keys() {
    let from = snapshot(&[("a", None), ("b", None), ("old", None)], &[("a", "b"), ("a", "old")]);
    let mut to = snapshot(&[("a", None), ("b", None), ("new", None)], &[("b", "a"), ("a", "new")]);
    to.objects.constraint.get_mut(0).unwrap().name = "a_old".into();
    to.objects.sort();
    let decisions = vec![RenameDecision {
        from: "table:public.old".into(),
        to: "table:public.new".into(),
        answer: RenameAnswer::Rename,
    }];
    let drift = diff(&from, &to, &DiffOptions { decisions, ..DiffOptions::default() });
    let graph = of_drift(&from, &to, &drift);
    let told: Vec<_> = graph.tables.iter().map(|n| (n.name.as_str(), n.change)).collect();
    assert_eq!(
        told,
        [
            ("a", Some(ChangeKind::Alter)),
            ("b", Some(ChangeKind::Alter)),
            ("new", Some(ChangeKind::Rename))
        ]
    );
    let told: Vec<_> = graph.edges.iter().map(|e| (e.from, e.to, e.change)).collect();
    assert_eq!(
        told,
        [(0, 1, Some(ChangeKind::Drop)), (0, 2, None), (1, 0, Some(ChangeKind::Create))]
    );
    assert_eq!(graph.changed().len(), 3);
}

#[test]
fn a_circle_of_partitions_ends() {
    let graph = of_snapshot(&snapshot(&[("a", Some("b")), ("b", Some("a"))], &[]));
    assert_eq!(graph.tables.len(), 2);
}
