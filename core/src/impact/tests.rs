#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
use super::*;
use crate::objects::{Column, Constraint, ConstraintType, Index, Sequence, View};

fn snapshot() -> Snapshot {
    let name = str::to_owned;
    let column = |n: &str, on: &[&str], expression: &[&str]| Column {
        name: n.into(),
        data_type: "integer".into(),
        depends_on: on.iter().map(|id| Id::from(*id)).collect(),
        expression_depends_on: expression.iter().map(|id| Id::from(*id)).collect(),
        ..Column::default()
    };
    let mut found = Snapshot::default();
    for (table, columns) in [
        ("a", vec![column("id", &[], &["sequence:public.a_id_seq"])]),
        ("b", vec![column("a_id", &[], &["sequence:public.a_id_seq"]), column("z", &[], &[])]),
    ] {
        let (schema, name) = (name("public"), table.to_owned());
        found.objects.table.push(Table {
            schema: schema.into(),
            name: name.into(),
            columns,
            ..Table::default()
        });
    }
    found.objects.sequence.push(Sequence {
        schema: name("public").into(),
        name: name("a_id_seq").into(),
        owned_by: Some("column:public.a.id".into()),
        ..Sequence::default()
    });
    let key =
        |table: &str, n: &str, kind, columns: &[&str], references: Option<&str>, on: &[&str]| {
            Constraint {
                schema: "public".into(),
                table: table.into(),
                name: n.into(),
                constraint_type: Some(kind),
                columns: columns.iter().map(|c| (*c).into()).collect(),
                references: references.map(Id::from),
                depends_on: on.iter().map(|id| Id::from(*id)).collect(),
                ..Constraint::default()
            }
        };
    let primary = ConstraintType::PrimaryKey;
    found.objects.constraint.push(key(
        "a",
        "a_pkey",
        primary,
        &["id"],
        None,
        &["column:public.a.id"],
    ));
    let foreign = ["column:public.a.id", "column:public.b.a_id", "constraint:public.a.a_pkey"];
    found.objects.constraint.push(key(
        "b",
        "b_fkey",
        ConstraintType::ForeignKey,
        &["a_id"],
        Some("table:public.a"),
        &foreign,
    ));
    found.objects.index.push(Index {
        schema: name("public").into(),
        table: name("b").into(),
        name: name("b_z").into(),
        depends_on: vec!["column:public.b.z".into()],
        ..Index::default()
    });
    for (n, on) in [("v", "column:public.b.z"), ("w", "view:public.v")] {
        found.objects.view.push(View {
            schema: name("public").into(),
            name: name(n).into(),
            depends_on: vec![on.into()],
            ..View::default()
        });
    }
    found.objects.sort();
    found
}

/// What is found, each as `object < object < …`.
fn told(found: &[Reached]) -> Vec<String> {
    let line = |one: &Reached| {
        let ids = std::iter::once(&one.id).chain(one.path.iter().rev());
        ids.map(Id::name).collect::<Vec<_>>().join(" < ")
    };
    found.iter().map(line).collect()
}

#[test]
fn what_goes_along_and_what_is_in_the_way() {
    let all = Dependencies::of(&snapshot());
    let table = all.impact(&"table:public.a".into()).unwrap();
    assert_eq!(told(&table.along), ["public.a.a_pkey < public.a", "public.a_id_seq < public.a"]);
    assert_eq!(told(&table.cascade), ["public.b.b_fkey < public.a"]);
    assert_eq!(told(&table.changed), ["public.b.a_id < public.a_id_seq < public.a"]);
    assert!(!table.drops_alone());
    let column = all.impact(&"column:public.b.z".into()).unwrap();
    assert_eq!(told(&column.along), ["public.b.b_z < public.b.z"]);
    assert_eq!(
        told(&column.cascade),
        ["public.v < public.b.z", "public.w < public.v < public.b.z"]
    );
    let sequence = all.impact(&"sequence:public.a_id_seq".into()).unwrap();
    assert_eq!(sequence.changed.len(), 2);
    assert!(all.impact(&"view:public.w".into()).unwrap().drops_alone());
    assert!(all.impact(&"view:public.nowhere".into()).is_none());
}

#[test]
fn what_an_object_needs() {
    let all = Dependencies::of(&snapshot());
    let needs = all.needs(&"view:public.w".into()).unwrap();
    assert_eq!(told(&needs), ["public.b.z < public.v < public.w", "public.v < public.w"]);
    let needs = all.needs(&"constraint:public.b.b_fkey".into()).unwrap();
    assert!(told(&needs).contains(&"public.a.a_pkey < public.b.b_fkey".to_owned()), "{needs:?}");
}

#[test]
fn a_column_that_goes_with_its_table_is_not_told_apart() {
    let mut snapshot = snapshot();
    snapshot.objects.table.get_mut(1).unwrap().columns[1].depends_on = vec!["enum:public.e".into()];
    snapshot.objects.table.get_mut(1).unwrap().depends_on = vec!["enum:public.e".into()];
    snapshot.objects.enum_type.push(crate::objects::Enum {
        schema: "public".into(),
        name: "e".into(),
        ..crate::objects::Enum::default()
    });
    let impact = Dependencies::of(&snapshot).impact(&"enum:public.e".into()).unwrap();
    assert!(impact.cascade.iter().all(|one| one.id.kind() != "column"), "{impact:?}");
    assert!(impact.cascade.iter().all(|one| one.path.first() == Some(&impact.id)), "{impact:?}");
}
