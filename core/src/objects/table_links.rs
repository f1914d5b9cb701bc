//! Which tables a table is a partition or a child of, and which of those it stays below.

use super::{Constraint, Object, Objects, Situation, Table, on_table};
use crate::model::{Id, Text};
use crate::sql::{qualified, split_name};

/// The partitions and children that stay those of a table, before and afterwards.
pub(super) fn stay_below<'a>(table: &Id, situation: &Situation<'a>) -> Vec<(&'a Table, &'a Table)> {
    let below = situation.below(table.name()).into_iter();
    let stays = below.filter_map(|child| {
        let after = situation.to.find_table(&child.schema, &child.name)?;
        let kept = child.links_kept(after, situation);
        kept.iter().any(|parent| *parent == table.name()).then_some((child, after))
    });
    stays.collect()
}

/// The tables below one whose column gets another expression, which have an expression of their own:
/// theirs is set anew, for the statement on the table goes through all of them.
pub(crate) fn with_own_expressions<'a>(
    table: &Id,
    column: &str,
    situation: &Situation<'a>,
) -> Vec<&'a Table> {
    let (mut found, mut next) = (Vec::new(), vec![table.clone()]);
    while let Some(table) = next.pop() {
        let above = situation.to.find(&table).and_then(|t| t.as_any().downcast_ref::<Table>());
        let Some(above) = above.and_then(|above| expression(above, column)) else { continue };
        for (before, after) in stay_below(&table, situation) {
            next.push(Object::id(before));
            if expression(after, column).is_some_and(|own| own != above) {
                found.push(before);
            }
        }
    }
    found
}

/// What a column of a table is generated from.
fn expression<'t>(table: &'t Table, column: &str) -> Option<&'t Text> {
    let column = table.columns.iter().find(|own| own.name == column)?;
    (*column.generated).as_ref()
}

impl Table {
    /// True when the column of a table above, which it stays below, gets another expression.
    pub(super) fn expression_changes_above(&self, name: &str, situation: &Situation<'_>) -> bool {
        self.lineage_kept(situation).into_iter().any(|above| {
            let after = situation.table_to(&above.schema, &above.name);
            let after = after.and_then(|after| expression(after, name));
            after.is_some() && after != expression(above, name)
        })
    }

    /// The tables it is a partition or child of, schema-qualified and quoted.
    pub(super) fn parent_tables(&self) -> Vec<Text> {
        self.partition_of
            .iter()
            .map(|partition| partition.table.clone())
            .chain(self.inherits.iter().cloned())
            .collect()
    }

    /// Its parents, each with the bound of a partition: a partition whose bound changes is detached
    /// and attached again.
    pub(super) fn links(&self) -> Vec<(&str, &str)> {
        let partition = self.partition_of.iter().map(|p| (p.table.as_str(), p.bound.as_str()));
        partition.chain(self.inherits.iter().map(|parent| (parent.as_str(), ""))).collect()
    }

    /// The parents under which it stays all the while, on its way to another state.
    pub(super) fn links_kept(&self, to: &Table, situation: &Situation<'_>) -> Vec<&str> {
        let (mut kept, after) = (self.links(), to.links());
        kept.retain(|link| after.contains(link));
        if situation.is_attached_again(&Object::id(to)) {
            kept.clear();
        }
        let mut kept: Vec<&str> = kept.into_iter().map(|(parent, _)| parent).collect();
        if kept.len() > 1 {
            kept.truncate(self.of_one_kin(&kept, to, situation));
        }
        kept
    }

    /// How many of its parents, of which there are several, can stay while columns get other types.
    ///
    /// PostgreSQL moves a column where all have it from that the table has it from, and refuses where
    /// parents have it that are no kin (`ATPrepAlterColumnType()`). The parents' order counts: behind
    /// one that is left, all are.
    fn of_one_kin(&self, kept: &[&str], to: &Table, situation: &Situation<'_>) -> usize {
        let moved = self.columns.iter().filter(|old| {
            let new = to.columns.iter().find(|new| new.name == old.name);
            new.is_some_and(|new| old.data_type != new.data_type || old.collation != new.collation)
        });
        let mut stay = kept.len();
        for column in moved {
            let mut kin: Vec<Id> = Vec::new();
            for (at, parent) in kept.iter().enumerate().take(stay) {
                let from = parent_from(parent, situation);
                let heads = from.map(|table| table.heads(&column.name, situation));
                let heads = heads.unwrap_or_default();
                if kin.is_empty() || heads.iter().all(|head| kin.contains(head)) {
                    kin.extend(heads);
                } else {
                    stay = at;
                    break;
                }
            }
        }
        stay
    }

    /// The tables above it, or itself, that have a column by themselves alone, and pass it on.
    fn heads(&self, column: &str, situation: &Situation<'_>) -> Vec<Id> {
        if self.columns.iter().all(|c| c.name != column) {
            return Vec::new();
        }
        let kept = match situation.table_to(&self.schema, &self.name) {
            Some(to) => self.links_kept(to, situation),
            None => Vec::new(),
        };
        let above = kept.into_iter().filter_map(|parent| parent_from(parent, situation));
        let heads: Vec<Id> = above.flat_map(|parent| parent.heads(column, situation)).collect();
        if heads.is_empty() { vec![Object::id(self)] } else { heads }
    }

    /// True when it leaves a parent for a while from which alone it has a column, or a check: that would
    /// be its own afterwards, and no statement takes it back.
    pub(super) fn loses_origin(&self, to: &Table, situation: &Situation<'_>) -> bool {
        let kept = self.links_kept(to, situation);
        let left = self.inherits.iter().filter(|parent| to.inherits.contains(parent));
        let left: Vec<&Text> = left.filter(|parent| !kept.contains(&parent.as_str())).collect();
        if left.is_empty() {
            return false;
        }
        let has = |parent: &str, name: &str| {
            parent_from(parent, situation).is_some_and(|t| t.columns.iter().any(|c| c.name == name))
        };
        let column = self.columns.iter().filter(|column| column.inherited).any(|column| {
            let comes_back = to.columns.iter().any(|c| c.name == column.name && c.inherited);
            comes_back && !kept.iter().any(|parent| has(parent, &column.name))
        });
        let checks = on_table(&situation.from.constraint, &self.schema, &self.name);
        column
            || checks.filter_map(|check| check.attached_to.as_ref()).any(|above| {
                let name = split_name(above.name());
                let [schema, table, ..] = name.as_slice() else { return false };
                let above = qualified(schema, table);
                left.iter().any(|parent| ***parent == *above)
            })
    }

    /// The tables that it is a partition of, directly or not.
    pub(crate) fn ancestors(&self, objects: &Objects) -> Vec<Text> {
        let mut names: Vec<Text> = Vec::new();
        let mut next = self.partition_of.as_ref().map(|partition| partition.table.clone());
        while let Some(name) = next.take().filter(|name| !names.contains(name)) {
            let parent = parents_in(std::slice::from_ref(&name), objects);
            next = parent.first().and_then(|t| t.partition_of.as_ref()).map(|p| p.table.clone());
            names.push(name);
        }
        names
    }

    /// The name that the tables below it free when they come: what is NOT VALID here would be valid
    /// in those that come later.
    pub(super) fn all_below(&self) -> String {
        format!("all below:{}", self.sql_name())
    }

    /// The tables that it is a partition or child of, directly or not.
    pub(crate) fn lineage(&self, objects: &Objects) -> Vec<Text> {
        let mut names = self.parent_tables();
        let mut at = 0;
        while let Some(name) = names.get(at).cloned() {
            for parent in parents_in(&[name], objects) {
                for above in parent.parent_tables() {
                    if !names.contains(&above) {
                        names.push(above);
                    }
                }
            }
            at += 1;
        }
        names
    }

    /// The tables that it is a partition or child of, directly or not, before and after and all the
    /// while.
    pub(crate) fn lineage_kept<'a>(&self, situation: &Situation<'a>) -> Vec<&'a Table> {
        let mut found: Vec<&Table> = Vec::new();
        let above = |table: &Table| {
            let after = situation.table_to(&table.schema, &table.name);
            let kept = after.map(|after| table.links_kept(after, situation)).unwrap_or_default();
            let names: Vec<Text> = kept.into_iter().map(Text::from).collect();
            parents_in(&names, situation.from)
        };
        let mut next = above(self);
        while let Some(table) = next.pop() {
            if found.iter().all(|other| other.key() != table.key()) {
                next.extend(above(table));
                found.push(table);
            }
        }
        found
    }

    /// The same, as they should become.
    pub(super) fn parents_to<'a>(&self, situation: &Situation<'a>) -> Vec<&'a Table> {
        parents_in(&self.parent_tables(), situation.to)
    }

    /// For a partition the foreign keys that lead to those above it, until then. PostgreSQL refuses to
    /// drop it as long as it is attached.
    pub(crate) fn leading_above<'a>(&self, situation: &Situation<'a>) -> Vec<&'a Constraint> {
        let above: Vec<Id> =
            self.ancestors(situation.from).iter().map(|name| Id::from_sql("table", name)).collect();
        if above.is_empty() {
            return Vec::new();
        }
        situation.leading_to(&above)
    }
}

/// A table as it is, by its qualified name.
fn parent_from<'a>(name: &str, situation: &Situation<'a>) -> Option<&'a Table> {
    match split_name(name).as_slice() {
        [schema, table] => situation.from.find_table(schema, table),
        _ => None,
    }
}

/// The tables of these names.
pub(super) fn parents_in<'a>(names: &[Text], objects: &'a Objects) -> Vec<&'a Table> {
    let mut tables: Vec<&Table> = names
        .iter()
        .filter_map(|name| match split_name(name).as_slice() {
            [schema, table] => objects.find_table(schema, table),
            _ => None,
        })
        .collect();
    tables.sort_by(|a, b| a.key().cmp(&b.key()));
    tables
}
