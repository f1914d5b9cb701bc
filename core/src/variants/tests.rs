#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failed unwrap fails the test")]
use std::time::Instant;

use super::*;
use crate::model::Grant;
use crate::objects::Column;
use crate::objects::{Role, Table, View};
use crate::snapshot::{fingerprint, read};

const PRODUCTION: &str = include_str!("../../../web/samples/production.json");
const DEVELOPMENT: &str = include_str!("../../../web/samples/development.json");

fn column(name: &str, data_type: &str) -> Column {
    Column { name: name.into(), data_type: data_type.into(), ..Column::default() }
}

fn table(name: &str, columns: Vec<Column>) -> Table {
    let (schema, name) = ("public".to_owned(), name.to_owned());
    Table { schema: schema.into(), name: name.into(), columns, ..Table::default() }
}

/// A snapshot of some tables.
fn snapshot(server: u32, tables: Vec<Table>) -> Snapshot {
    let mut snapshot = Snapshot::default();
    snapshot.source.server_version_num = server;
    for table in tables {
        snapshot.objects.table.push(table);
    }
    snapshot.objects.sort();
    snapshot.fingerprint = fingerprint(&snapshot);
    snapshot
}

fn one(data_type: &str) -> Snapshot {
    snapshot(150_001, vec![table("t", vec![column("a", data_type)])])
}

fn of<'a>(found: &'a Variants, id: &str) -> &'a Row {
    found.rows.iter().find(|row| row.id.as_str() == id).expect("a row")
}

/// The cells of a row, snapshot by snapshot.
fn cells(found: &Variants, id: &str) -> String {
    let row = of(found, id);
    (0..found.snapshots.len()).map(|at| found.cell(row, at).unwrap().text()).collect()
}

#[test]
fn letters_go_on_after_z() {
    assert_eq!(
        [0, 25, 26, 51, 52, 701, 702].map(letter),
        ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
    );
}

#[test]
fn the_most_frequent_is_a_and_the_odd_one_is_named() {
    let all = [one("text"), one("integer"), one("text"), one("text")];
    let found = variants(&all.each_ref(), &VariantOptions::default());
    assert_eq!(cells(&found, "column:public.t.a"), "ABAA");
    let row = of(&found, "column:public.t.a");
    assert_eq!((row.odd, row.off, found.odd_one_out()), (Some(1), 1, Some(1)));
    assert_eq!(found.rows.len(), 1);
    assert_eq!(found.same, 1);
    assert_eq!(found.snapshots.iter().map(|member| member.score).collect::<Vec<_>>(), [0, 1, 0, 0]);
    let heads = [all.get(row.variants[1].0).unwrap(), all.get(row.variants[0].0).unwrap()];
    let change = difference(heads[0], heads[1], &row.id, &DiffOptions::default()).unwrap();
    assert_eq!(change.attributes[0].name, "type");
}

#[test]
fn a_reference_gives_the_letters_and_the_scores() {
    let all = [one("text"), one("integer"), one("text"), snapshot(150_001, Vec::new())];
    let options = VariantOptions { reference: Some(1), ..VariantOptions::default() };
    let found = variants(&all.each_ref(), &options);
    assert_eq!(cells(&found, "column:public.t.a"), "BAB–");
    assert_eq!(found.snapshots.iter().map(|member| member.score).collect::<Vec<_>>(), [1, 0, 1, 1]);
    assert_eq!(
        found.groups.iter().map(|group| group.snapshots.len()).collect::<Vec<_>>(),
        [2, 1, 1]
    );
}

#[test]
fn a_forged_fingerprint_is_told_apart() {
    let (honest, mut forged) = (one("text"), one("integer"));
    forged.fingerprint.clone_from(&honest.fingerprint);
    let mut renamed = one("text");
    renamed.fingerprint = "sha256:0".to_owned();
    let found = variants(&[&honest, &forged, &renamed], &VariantOptions::default());
    assert_eq!(
        found.groups.iter().map(|g| g.snapshots.clone()).collect::<Vec<_>>(),
        [vec![0, 2], vec![1]]
    );
    let stated: Vec<bool> = found.snapshots.iter().map(|member| member.as_stated).collect();
    assert_eq!(stated, [true, false, false]);
    assert_ne!(found.snapshots[0].fingerprint, found.snapshots[1].fingerprint);
}

#[test]
fn what_servers_spell_differently_does_not_count() {
    let view = |definition: &str| View {
        schema: "public".into(),
        name: "v".into(),
        definition: definition.into(),
        ..View::default()
    };
    let with = |server: u32, definition: &str, maintain: bool| {
        let mut found = snapshot(server, vec![table("t", vec![column("a", "text")])]);
        found.objects.view.push(view(definition));
        if maintain {
            let mut table = found.objects.table.get(0).unwrap().clone();
            let privileges = vec!["MAINTAIN".to_owned()];
            table.grants =
                Some(vec![Grant { grantee: "x".to_owned(), privileges, ..Grant::default() }]);
            *found.objects.table.get_mut(0).unwrap() = table;
        } else {
            found.objects.table.get_mut(0).unwrap().grants = Some(Vec::new());
        }
        found
    };
    let (old, new) = (" SELECT t.a\n   FROM t;", " SELECT a\n   FROM t;");
    let all = [with(150_001, old, false), with(180_001, new, false), with(180_001, new, true)];
    assert!(diff(&all[0], &all[2], &DiffOptions::default()).is_empty(), "the test's own premise");
    let found = variants(&all.each_ref(), &VariantOptions::default());
    // The two newer ones differ in what the older one does not know.
    assert_eq!(found.rows.len(), 1);
    assert_eq!(cells(&found, "table:public.t"), "AAB");
}

#[test]
fn what_was_not_asked_for_is_not_absent() {
    let (mut with, without) = (one("text"), one("text"));
    with.source.roles = true;
    with.objects.role.push(Role { name: "r".into(), ..Role::default() });
    let mut other = with.clone();
    other.objects.role.retain(|_| false);
    let found = variants(&[&with, &without, &other], &VariantOptions::default());
    assert_eq!(cells(&found, "role:r"), "A?–");
    assert_eq!(found.snapshots[1].score, 0);
}

#[test]
fn rules_hide() {
    let all = [one("text"), one("integer"), snapshot(150_001, Vec::new())];
    let rule = |kind, attribute: Option<&str>| crate::diff::IgnoreRule {
        kind,
        attribute: attribute.map(str::to_owned),
        ..crate::diff::IgnoreRule::default()
    };
    let with = |rule| VariantOptions { ignore: vec![rule], ..VariantOptions::default() };
    let found = variants(&all.each_ref(), &with(rule(None, Some("type"))));
    assert_eq!(cells(&found, "column:public.t.a"), "AA–");
    let found = variants(&all.each_ref(), &with(rule(None, None)));
    assert!(found.rows.is_empty() && found.groups.len() == 1);
}

#[test]
fn a_thousand_snapshots_of_four_schemas_are_cheap() {
    let four: Vec<Snapshot> = [PRODUCTION, DEVELOPMENT, PRODUCTION, DEVELOPMENT]
        .iter()
        .enumerate()
        .map(|(at, text)| {
            let mut snapshot = read(text.as_bytes()).unwrap();
            if at > 1 {
                snapshot.objects.table.get_mut(at).unwrap().comment = Some("other".into());
            }
            snapshot.fingerprint = fingerprint(&snapshot);
            snapshot
        })
        .collect();
    let mut all: Vec<&Snapshot> = (0..999).map(|at| &four[at % 4]).collect();
    let mut forged = four[1].clone();
    forged.fingerprint.clone_from(&four[0].fingerprint);
    forged.objects.table.get_mut(0).unwrap().comment = Some("forged".into());
    all.push(&forged);
    let start = Instant::now();
    let found = variants(&all, &VariantOptions::default());
    // Unoptimised and on a busy machine this takes less than two seconds; comparing every two would
    // take minutes.
    assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
    assert_eq!(found.groups.len(), 5);
    assert_eq!(found.snapshots.iter().filter(|member| !member.as_stated).count(), 1);
}

#[cfg(not(target_family = "wasm"))]
mod laws {
    use proptest::prelude::*;

    use super::*;

    /// A sample with some objects left out, some changed, on some server.
    fn random(from: u8, mask: u64, changed: u64, server: u32) -> Snapshot {
        let text = if from.is_multiple_of(2) { PRODUCTION } else { DEVELOPMENT };
        let mut snapshot = read(text.as_bytes()).unwrap();
        let bit = |mask: u64, id: &Id| {
            let sum: u64 = id.as_str().bytes().map(u64::from).sum();
            mask >> (sum % 64) & 1 == 1
        };
        snapshot.objects.retain(|object| !bit(mask & 0x1111, &object.id()));
        for table in snapshot.objects.table.iter_mut() {
            if bit(changed & 0x0f0f, &crate::objects::Object::id(table)) {
                table.comment = Some("other".into());
                table.columns.truncate(2);
            }
        }
        snapshot.source.server_version_num = server;
        snapshot
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

        #[test]
        fn scores_and_groups_are_those_of_comparisons(
            parts in prop::collection::vec((any::<u8>(), any::<u64>(), any::<u64>()), 1..6),
            reference in any::<prop::sample::Index>(),
            repeat in any::<bool>(),
        ) {
            let mut all: Vec<Snapshot> =
                parts.iter().map(|(a, b, c)| random(*a, *b, *c, 150_001)).collect();
            if repeat {
                all.push(all[0].clone());
            }
            let refs: Vec<&Snapshot> = all.iter().collect();
            let reference = reference.index(refs.len());
            let options = VariantOptions { reference: Some(reference), ..VariantOptions::default() };
            let found = variants(&refs, &options);
            let drift = |a: usize, b: usize| diff(refs[a], refs[b], &DiffOptions::default());
            for (at, member) in found.snapshots.iter().enumerate() {
                prop_assert_eq!(member.score, drift(at, reference).changes.len());
                for (other, second) in found.snapshots.iter().enumerate() {
                    prop_assert_eq!(member.group == second.group, drift(at, other).is_empty());
                }
            }
            for row in &found.rows {
                let sum: usize = row.variants.iter().map(|(_, count)| count).sum();
                prop_assert_eq!(sum + row.absent, refs.len());
                prop_assert!(row.variants.len() > 1 || row.absent > 0);
            }
        }
    }
}
