//! Another name for a NOT NULL constraint (PostgreSQL 18).
//!
//! PostgreSQL manual, "ALTER TABLE … RENAME CONSTRAINT". The server passes the new name on to the
//! tables below, and refuses where one of them calls the constraint otherwise; it renames nothing that
//! a table has from a parent. `ALTER CONSTRAINT … NO INHERIT` cuts that bond for a moment; it does not
//! for partitions, which are detached: see [`super::not_null_names`].

use super::column_alter::alter;
use super::column_not_null::constraint_token;
use super::{Column, Object, Situation, Table};
use crate::action::Action;
use crate::model::Text;
use crate::sql::quote_ident;

/// The statement, with what it needs around it; `None` where the name comes from a parent.
pub(super) fn rename(
    table: &Table,
    column: &Column,
    (from, to): (&str, &str),
    situation: &Situation<'_>,
) -> Option<Action> {
    let parents: Vec<Heir<'_>> =
        Heir::of(table, situation).map(|own| own.parents(column, situation)).unwrap_or_default();
    let renamed = |heir: &Heir<'_>| heir.names(column) == Some((from.into(), to.into()));
    if parents.iter().any(|parent| renamed(parent) && parent.passes_on(column, situation)) {
        return None;
    }
    let own = Heir::of(table, situation).filter(|own| !own.passes_on(column, situation));
    let name = table.sql_name();
    // Those above come later.
    let above = parents.iter().map(|parent| {
        let old = parent.names(column).map(|(before, _)| before).unwrap_or_default();
        (parent, old.clone(), old)
    });
    let own = own.iter().map(|own| (own, Text::from(from), Text::from(to)));
    let [before, after] = apart(above.chain(own), (table, column), situation);
    let what = format!("RENAME CONSTRAINT {} TO {}", quote_ident(from), quote_ident(to));
    let mut action = alter(table, column, "ALTER TABLE … RENAME CONSTRAINT", &what);
    let statement = std::mem::take(&mut action.sql);
    if !before.is_empty() {
        let why = "what is inherited is not renamed, so that nothing is inherited for a moment";
        action.reason = Some(why.to_owned());
    }
    action.sql = [before, vec![statement], after].concat().join(";\n");
    action.frees.push(constraint_token(table, from));
    action.takes.push(constraint_token(table, to));
    // It reaches those that are below by then: new ones have it by the new name already.
    action.takes.push(format!("left:{name}"));
    action.takes.push(first_below(&name, column));
    action.frees.extend(parents.iter().map(|parent| first_below(&parent.to.sql_name(), column)));
    action.frees.push(named(&name, column));
    Some(action)
}

/// The same bond is cut around a statement that gives the column another type, which has the server make the constraints
/// anew: where a table below calls its own one otherwise, it fails ("cannot create not-null constraint").
pub(super) fn retyped(
    mut action: Action,
    table: &Table,
    column: &Column,
    situation: &Situation<'_>,
) -> Action {
    let mut heirs = Vec::new();
    let own = Heir::of(table, situation).filter(|_| situation.named_not_null && column.not_null);
    let mut open: Vec<Heir<'_>> = own.into_iter().collect();
    while let Some(heir) = open.pop() {
        let children = heir.children(column, situation);
        let name = heir.names(column).map(|(before, _)| before);
        let otherwise = |child: &Heir<'_>| child.names(column).map(|(before, _)| before) != name;
        let differ = children.iter().any(otherwise);
        open.extend(children);
        heirs.extend(name.filter(|_| differ).map(|name| (heir, name)));
    }
    let each = heirs.iter().map(|(heir, name)| (heir, name.clone(), name.clone()));
    let [before, after] = apart(each, (table, column), situation);
    if !before.is_empty() {
        let why =
            "a table below calls its NOT NULL otherwise, so that it is not inherited for a moment";
        action.reason.get_or_insert_with(|| why.to_owned());
        action.sql = [before, vec![action.sql], after].concat().join(";\n");
    }
    action
}

/// What cuts the bond between each of these tables and those below it, and ties it again. The names are those
/// of the constraint before and afterwards.
fn apart<'h, 'a: 'h>(
    heirs: impl Iterator<Item = (&'h Heir<'a>, Text, Text)>,
    (table, column): (&Table, &Column),
    situation: &Situation<'a>,
) -> [Vec<String>; 2] {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    let set = |table: &str, constraint: &str, how: &str| {
        format!("ALTER TABLE {table} ALTER CONSTRAINT {} {how}", quote_ident(constraint))
    };
    for (heir, old, new) in heirs {
        let its = heir.to.sql_name();
        before.push(set(&its, &old, "NO INHERIT"));
        // What others have from it alone would be their own: it comes back with INHERIT.
        let others = heir.children(column, situation).into_iter();
        let others = others.filter(|child| child.to.key() != table.key());
        let others = others.filter(|child| child.has_from_alone(column, situation));
        before.extend(others.map(|child| {
            let column = quote_ident(&column.name);
            format!("ALTER TABLE {} ALTER COLUMN {column} DROP NOT NULL", child.to.sql_name())
        }));
        after.insert(0, set(&its, &new, "INHERIT"));
    }
    [before, after]
}

/// The name under which a new name waits for those of the tables below.
fn first_below(table: &str, column: &Column) -> String {
    format!("not null renamed below:{table}.{}", column.name)
}

/// The name under which new tables below wait for the new name.
pub(super) fn named(table: &str, column: &Column) -> String {
    format!("not null named:{table}.{}", column.name)
}

/// A table that stays.
struct Heir<'a> {
    from: &'a Table,
    to: &'a Table,
}

impl<'a> Heir<'a> {
    fn of(table: &Table, situation: &Situation<'a>) -> Option<Heir<'a>> {
        let from = situation.from.find_table(&table.schema, &table.name)?;
        let to = situation.to.find_table(&table.schema, &table.name)?;
        Some(Heir { from, to })
    }

    /// The names of the NOT NULL of a column before and afterwards.
    fn names(&self, column: &Column) -> Option<(Text, Text)> {
        let name = |table: &Table| {
            let found = table.columns.iter().find(|own| own.name == column.name && own.not_null)?;
            Some(found.not_null_name(table))
        };
        Some((name(self.from)?, name(self.to)?))
    }

    /// True when it has the constraint from one parent, and not by itself.
    fn has_from_alone(&self, column: &Column, situation: &Situation<'a>) -> bool {
        let own = self.from.columns.iter().find(|own| own.name == column.name);
        own.is_some_and(|own| own.inherited_not_null.is_some())
            && self.parents(column, situation).len() == 1
    }

    fn inherits_from(&self, parent: &Table, situation: &Situation<'_>) -> bool {
        let parent = parent.sql_name();
        self.from.partition_of.is_none()
            && self.from.links_kept(self.to, situation).contains(&parent.as_str())
    }

    /// The parents that pass the constraint on, while they do.
    fn parents(&self, column: &Column, situation: &Situation<'a>) -> Vec<Heir<'a>> {
        let all = self.to.parents_to(situation).into_iter();
        let all = all.filter_map(|parent| Heir::of(parent, situation));
        let passes = |parent: &Heir<'_>| {
            let own = parent.from.columns.iter().find(|own| own.name == column.name);
            let constraint = own.and_then(|own| own.not_null_constraint.as_deref());
            parent.names(column).is_some() && constraint.is_none_or(|c| !c.no_inherit)
        };
        all.filter(|parent| self.inherits_from(parent.to, situation) && passes(parent)).collect()
    }

    /// The tables that inherit it.
    fn children(&self, column: &Column, situation: &Situation<'a>) -> Vec<Heir<'a>> {
        let all = situation.from.table.iter().filter(|table| !table.inherits.is_empty());
        let all = all.filter_map(|table| Heir::of(table, situation));
        let is_child = |child: &Heir<'_>| {
            child.inherits_from(self.to, situation) && child.names(column).is_some()
        };
        all.filter(is_child).collect()
    }

    /// True when a new name is that of all tables below, as the old one is.
    fn passes_on(&self, column: &Column, situation: &Situation<'a>) -> bool {
        let own = self.names(column);
        let children = self.children(column, situation);
        children
            .iter()
            .all(|child| child.names(column) == own && child.passes_on(column, situation))
    }
}
