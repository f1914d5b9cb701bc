//! Generated columns before PostgreSQL 15: a column hangs on what its expression uses, by itself and for
//! good.
//!
//! Seen with 14.23: `ALTER COLUMN … TYPE` fails with `found unexpected dependency for column`, even after
//! `DROP EXPRESSION`, and `DROP FUNCTION` takes the column along without a word.

use super::{Column, Situation};
use crate::model::Id;

/// True for a generated column that cannot get the type that it should have.
pub(super) fn keeps_type(old: &Column, new: &Column, situation: &Situation<'_>) -> bool {
    situation.server < 150_000 && other_type(old, new) && hangs_on(old).next().is_some()
}

/// True for a column that is no longer to be generated, and cannot stay nevertheless: it would keep
/// its type, or go with what its expression has used.
pub(super) fn goes_with_expression(old: &Column, new: &Column, situation: &Situation<'_>) -> bool {
    let goes = |on: &Id| situation.to.find(on).is_none();
    situation.server < 150_000 && hangs_on(old).any(|on| other_type(old, new) || goes(on))
}

fn other_type(old: &Column, new: &Column) -> bool {
    (&old.data_type, &old.collation) != (&new.data_type, &new.collation)
}

/// What a column hangs on beyond columns, its type and its collation.
fn hangs_on(column: &Column) -> impl Iterator<Item = &Id> {
    let all = column.depends_on.iter().chain(&column.expression_depends_on);
    all.filter(|on| {
        let own = *on.name() == *column.data_type || column.collation.as_deref() == Some(on.name());
        on.kind() != "column" && !own
    })
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::objects::Objects;

    #[test]
    fn a_generated_column_with_a_function_keeps_its_type() {
        let (objects, sizes, kept) = (Objects::default(), BTreeMap::new(), BTreeSet::new());
        let situation = |server| Situation {
            from: &objects,
            to: &objects,
            sizes: &sizes,
            server,
            rerun: false,
            mode: None,
            kept: &kept,
            again: None,
            named_not_null: false,
            earlier: None,
            created: None,
            known: None,
        };
        let column = |data_type: &str, on: &str| Column {
            data_type: data_type.into(),
            generated: Some("f(a)".into()).into(),
            depends_on: vec![Id::from_sql("function", on)],
            ..Column::default()
        };
        let (old, new) = (column("text", "s.f(text)"), column("bytea", "s.f(text)"));
        assert!(keeps_type(&old, &new, &situation(140_023)));
        assert!(!keeps_type(&old, &new, &situation(150_018)));
        assert!(!keeps_type(&old, &old, &situation(140_023)));
        assert!(goes_with_expression(&old, &old, &situation(140_023)), "the function goes");
        assert!(!goes_with_expression(&old, &old, &situation(150_018)));
        let own = Column { depends_on: vec![Id::from_sql("domain", "s.d")], ..column("s.d", "x") };
        assert!(!keeps_type(&own, &new, &situation(140_023)), "its own type is not in the way");
    }
}
