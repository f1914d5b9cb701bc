//! Sequences that begin to number a column which has values: they go on behind these.
//!
//! PostgreSQL manual, "Sequence Manipulation Functions": what `setval()` sets, `nextval()` goes on from by
//! the step of the sequence.

use super::check_domain::domain_to;
use super::column_alter::identity_sequence;
use super::sequence_options::Options;
use super::table_links::parents_in;
use super::{Column, Object, Sequence, Situation, Table};
use crate::action::{Action, Effect};
use crate::model::Id;
use crate::sql::{quote_ident, quote_literal};

/// The step for a column whose default begins to be the next number of a sequence.
pub(crate) fn behind_values(
    table: &Table,
    old: &Column,
    new: &Column,
    situation: &Situation<'_>,
) -> Option<Action> {
    let begins = |old: Option<&Column>, new: &Column| {
        new.default.is_some() && old.is_some_and(|old| old.default != new.default)
    };
    // The values of a table are among those of the tables above.
    let counted_above = |parent: &Table| {
        let named = |table: &Table| table.columns.iter().find(|c| c.name == new.name).cloned();
        let before = situation.table_from(&parent.schema, &parent.name).and_then(named);
        let after = named(parent).filter(|after| after.default == new.default);
        after.is_some_and(|after| begins(before.as_ref(), &after))
    };
    if !begins(Some(old), new)
        || table.foreign.is_some()
        || parents_in(&table.lineage(situation.to), situation.to).into_iter().any(counted_above)
    {
        return None;
    }
    let sequence = sequence_of(new, situation)?;
    let name = Object::sql_name(sequence);
    let step = step(table, new, (&name, &sequence.options()), situation)?;
    Some(step.requires([Object::id(sequence)]))
}

/// The step for a column that gets an identity, or whose rows are copied into a table with one.
pub(crate) fn identity_behind_values(
    table: &Table,
    new: &Column,
    situation: &Situation<'_>,
) -> Option<Action> {
    let options = new.identity.as_ref()?.options(&new.data_type);
    step(table, new, (&identity_sequence(table, new), &options), situation)
}

/// The sequence of which the default of a column is the next number, and nothing else.
fn sequence_of<'a>(column: &Column, situation: &Situation<'a>) -> Option<&'a Sequence> {
    let default = column.default.as_deref()?;
    let named = |id: &&Id| {
        id.kind() == "sequence"
            && default == format!("nextval({}::regclass)", quote_literal(id.name()))
    };
    let id = column.expression_depends_on.iter().find(named)?;
    situation.to.find(id)?.as_any().downcast_ref::<Sequence>()
}

/// Moves a sequence forward to the value that is farthest in its direction, and not beyond its end. It keeps
/// to the numbers that its steps reach.
fn step(
    table: &Table,
    column: &Column,
    (sequence, options): (&str, &Options<'_>),
    situation: &Situation<'_>,
) -> Option<Action> {
    let fraction = !is_integer(&column.data_type, situation)?;
    let name = quote_ident(&column.name);
    let up = options.increment > 0;
    let mut farthest = format!("pg_catalog.{}({name})", if up { "max" } else { "min" });
    if fraction {
        farthest = format!("pg_catalog.{}({farthest})", if up { "floor" } else { "ceil" });
    }
    let (least, most) = options.bounds();
    let ahead = if up {
        format!("v.value BETWEEN s.last_value AND {most}")
    } else {
        format!("v.value BETWEEN {least} AND s.last_value")
    };
    let mut position = "v.value".to_owned();
    if options.increment.unsigned_abs() != 1 {
        position += &format!(" - (v.value - s.last_value) % {}", options.increment.unsigned_abs());
    }
    if fraction {
        position = format!("({position})::bigint");
    }
    let sql = format!(
        "SELECT pg_catalog.setval({}, {position}) FROM {sequence} AS s, (SELECT {farthest} AS value \
         FROM {}) AS v WHERE {ahead}",
        quote_literal(sequence),
        table.sql_name()
    );
    let mut action = Action::alter(column.id(&table.schema, &table.name), "SELECT setval", sql)
        .effect(Effect::Scan);
    action.reason = Some("the next number is none that a row has".to_owned());
    Some(action)
}

/// True for whole numbers, false for others; `None` for what is no number.
fn is_integer(data_type: &str, situation: &Situation<'_>) -> Option<bool> {
    match super::type_change::parts(data_type).0.as_str() {
        "smallint" | "integer" | "bigint" => Some(true),
        "numeric" => Some(false),
        _ => {
            let base = &domain_to(situation, data_type)?.base_type;
            // A domain over a domain is rare.
            (base.as_str() != data_type).then(|| is_integer(base, situation)).flatten()
        }
    }
}
