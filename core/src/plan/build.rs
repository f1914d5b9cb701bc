//! From changes to actions.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::bodies;
use super::closure::{Closure, closure};
use super::column_work::ColumnWork;
use super::copy;
use super::filling;
use super::graph::Edge;
use super::index::Index;
use super::parts_gone;
use crate::action::{Action, Aside, Hazard, Verb};
use crate::diff::{ChangeKind, Drift, Note, RenameDecision};
use crate::model::Id;
use crate::objects::attach::attach_actions;
use crate::objects::{
    AnyObject, Kind, Known, Object, Objects, Sequence, Situation, Table, is_foreign_key,
};
use crate::sql::{helper_name, qualified, quote_ident, split_name};

/// What it means that something is gone for good.
const ENDS: &[Hazard] =
    &[Hazard::BreaksPrograms, Hazard::ConstraintDropped, Hazard::UniquenessLost];

/// All actions of a plan, not yet in order.
#[derive(Default)]
pub(super) struct Built {
    /// The actions; those of one list stand together, in the order of the list.
    pub(super) actions: Vec<Planned>,
    /// What the plan cannot do.
    pub(super) notes: Vec<Note>,
    /// Pairs of actions of which the first had better run before the second, see [`bodies`] and [`filling`].
    pub(super) better: Vec<(usize, usize, Edge)>,
}

/// An action with its company.
pub(super) struct Planned {
    /// The action.
    pub(super) action: Action,
    /// Actions of one list run in the order of the list.
    pub(super) list: usize,
    /// Actions of one group are only right together.
    pub(super) group: Option<String>,
    /// The change that it serves.
    pub(super) serves: Id,
    /// Its object stays away until it is brought back: the old form does not free its place.
    pub(super) leaves_late: bool,
}

pub(super) struct Builder<'a, 's> {
    pub(super) situation: &'s Situation<'a>,
    pub(super) from: &'a Objects,
    pub(super) to: &'a Objects,
    /// What belongs to an object of `from`.
    pub(super) index: Index<'a>,
    pub(super) closure: Closure<'a>,
    /// What is dropped, or replaced, as a whole.
    pub(super) gone: BTreeSet<Id>,
    pub(super) built: Built,
    /// What comes without a statement of its own.
    pub(super) implied: Vec<&'a dyn AnyObject>,
    pub(super) list: usize,
}

/// Makes the actions for a drift; those `anew` are replaced, even if they could be altered.
pub(super) fn build(
    situation: &Situation<'_>,
    drift: &Drift,
    renames: &[RenameDecision],
    anew: &BTreeSet<Id>,
) -> Built {
    if drift.changes.is_empty() {
        return Built::default();
    }
    let (from, to) = (situation.from, situation.to);
    let index = Index::new(from);
    let closure = closure(situation, drift, &index, anew);
    // The rows of a foreign table are not in this database.
    let holds_rows = |object: Option<&dyn AnyObject>| {
        object
            .and_then(|object| object.as_any().downcast_ref::<Table>())
            .is_some_and(|table| table.foreign.is_none())
    };
    let kept: BTreeSet<Id> = closure
        .replaced
        .keys()
        .filter(|id| holds_rows(from.find(id)) && holds_rows(to.find(id)))
        .cloned()
        .collect();
    let mut created: BTreeSet<Id> = drift.of_kind(ChangeKind::Create).cloned().collect();
    created.extend(closure.replaced.keys().cloned());
    let known = Known::default();
    let situation =
        Situation { kept: &kept, created: Some(&created), known: Some(&known), ..*situation };
    let mut gone: BTreeSet<Id> = closure.replaced.keys().cloned().collect();
    gone.extend(drift.of_kind(ChangeKind::Drop).cloned());
    let mut builder = Builder {
        situation: &situation,
        index,
        from,
        to,
        closure,
        gone,
        built: Built::default(),
        implied: Vec::new(),
        list: 0,
    };
    builder.renames(renames);
    let renamed = builder.renamed_parts(drift);
    builder.replacements(&renamed);
    let causes: HashSet<Id> = builder.closure.cause.values().cloned().collect();
    for change in &drift.changes {
        match change.change {
            _ if change.kind == Kind::Column || renamed.contains(&change.id) => {}
            ChangeKind::Create => builder.create(&change.id, &change.id, None),
            ChangeKind::Drop => {
                // What is replaced for its sake stays as long as it stays.
                let group = format!("replace {}", change.id);
                let company = causes.contains(&change.id);
                let first = builder.built.actions.len();
                builder.remove(&change.id, &change.id, company.then_some(group.as_str()));
                // A type of another kind takes its name, and its columns.
                if builder.closure.rebuilt_types.contains(&change.id) {
                    builder.move_aside(&change.id, first);
                }
            }
            ChangeKind::Alter | ChangeKind::Rename => builder.alter_attached(&change.id),
        }
    }
    builder.members_by_default(drift);
    builder.altered(drift);
    builder.column_work();
    builder.forgotten();
    builder.implied();
    builder.reach_below();
    builder.rows_elsewhere();
    let Builder { to, mut built, .. } = builder;
    built.better = bodies::order(to, &built.actions);
    built.better.extend(filling::order(to, &built.actions));
    built.better.extend(parts_gone::order(from, to, &built.actions));
    bodies::warn(to, drift, renames, &mut built.actions);
    built
}

impl<'a> Builder<'a, '_> {
    pub(super) fn push(&mut self, actions: Vec<Action>, serves: &Id, group: Option<&str>) {
        self.list += 1;
        let list = self.list;
        self.built.actions.extend(actions.into_iter().map(|action| Planned {
            action,
            list,
            group: group.map(str::to_owned),
            serves: serves.clone(),
            leaves_late: false,
        }));
    }

    /// The script of an extension makes objects like everybody: default privileges are for them too,
    /// and no snapshot tells beforehand which they are.
    fn members_by_default(&mut self, drift: &Drift) {
        let made = drift.of_kind(ChangeKind::Create).find(|id| id.kind() == "extension");
        let Some(extension) = made.filter(|_| !self.from.default_privilege.is_empty()) else {
            return;
        };
        self.built.notes.push(Note {
            code: "default_privileges".to_owned(),
            message: format!(
                "CREATE EXTENSION {}: default privileges of the role that runs it are for what its \
                 script makes, too; compare once more afterwards",
                extension.name()
            ),
        });
    }

    fn create(&mut self, id: &Id, serves: &Id, replacing: Option<&str>) {
        let Some(object) = self.to.find(id) else { return };
        let mut actions = object.create(self.situation);
        if actions.is_empty() {
            self.implied.push(object);
        }
        let brought = actions.len();
        actions.extend(attach_actions(None, object, self.situation));
        actions.extend(object.finish(self.situation));
        // Such a type has owner and grants once it is complete: until then it is a mere name.
        let whole = object.kind() == Kind::BaseType || object.kind() == Kind::Range && brought > 1;
        let tail = if whole { Vec::new() } else { actions.split_off(brought) };
        // Building an index first and then using it is one thing; owner and comment are not.
        let whole = coupled(object.kind(), &actions).then(|| format!("create {id}"));
        self.push(actions, serves, replacing.or(whole.as_deref()));
        self.push(tail, serves, replacing);
    }

    fn remove(&mut self, id: &Id, serves: &Id, group: Option<&str>) {
        let Some(object) = self.from.find(id) else { return };
        // What belongs to an object that goes as a whole goes with it.
        if self.goes_with_parent(object) {
            return;
        }
        let mut actions = object.remove(self.situation);
        if let Some(last) = actions.last_mut() {
            for child in self.going_with(id) {
                last.destroys.push(child.id());
                // A key or index of a partitioned table is one with those of the partitions;
                // the partitions go before it nevertheless.
                let needs = child.attached().depends_on.iter();
                // A foreign key to a table below that stays goes before what it leans on.
                let leans = |on: &Id| is_foreign_key(child) && !self.gone.contains(&table_of(on));
                // Where the one above it goes by itself, that waits for what it leans on to stay.
                let above = child.attached_to().filter(|_| is_foreign_key(child));
                let alone = above.is_none_or(|above| !self.gone.contains(&above));
                let needs = needs.filter(|on| alone && (leans(on) || !self.is_below(on, id)));
                last.releases.extend(needs.cloned());
                last.frees.extend(child.names());
            }
        }
        let together = (actions.len() > 1).then(|| format!("remove {id}"));
        self.push(actions, serves, group.or(together.as_deref()));
    }

    /// What a statement does to a column, it does to those of the tables below too.
    fn reach_below(&mut self) {
        let brought: HashSet<Id> =
            self.built.actions.iter().flat_map(|p| p.action.produces.iter().cloned()).collect();
        for Planned { action, .. } in &mut self.built.actions {
            let below = |ids: &[Id]| -> Vec<Id> {
                let columns = ids.iter().filter(|id| id.kind() == "column");
                let below = columns.flat_map(|column| {
                    let name = split_name(column.name()).pop().unwrap_or_default();
                    let tables = self.index.below(&table_of(column)).into_iter();
                    tables.map(move |t| Id::new("column", &[&t.schema, &t.name, &name]))
                });
                below.collect()
            };
            // A table that comes or goes takes nothing of other tables along.
            let of_column = action.object.kind() == "column";
            let mut disturbed = below(&action.disturbs);
            let mut produced = Vec::new();
            if of_column {
                disturbed.extend(below(&action.destroys));
                produced = below(&action.produces);
                produced.retain(|id| !brought.contains(id));
            }
            action.disturbs.extend(disturbed);
            action.produces.extend(produced);
        }
    }

    /// Drop and create of what is replaced, as one group each. What is `renamed` is there by its new
    /// name, and away by its old one.
    fn replacements(&mut self, renamed: &BTreeSet<Id>) {
        let replaced: Vec<(Id, String)> =
            self.closure.replaced.iter().map(|(id, why)| (id.clone(), why.clone())).collect();
        for (id, why) in replaced {
            let serves = self.closure.cause.get(&id).cloned().unwrap_or_else(|| id.clone());
            let group = format!("replace {serves}");
            let group = Some(group.as_str());
            if renamed.contains(&id) {
                let mut actions = self.built.actions.iter().map(|planned| &planned.action);
                if !actions.any(|action| action.is_rename() && action.object == id) {
                    self.create(&id, &serves, group);
                }
                continue;
            }
            let first = self.built.actions.len();
            // The rows of a partition are in the copy of the table that it is a partition of.
            let tables = self.tables(&id).filter(|(from, _)| {
                let parent = from.partition_of.as_ref().map(|p| Id::from_sql("table", &p.table));
                parent.is_none_or(|parent| !self.closure.replaced.contains_key(&parent))
            });
            if let Some((from, _)) = tables {
                self.push(copy::save(from), &serves, group);
            }
            let removed = self.built.actions.len();
            self.remove(&id, &serves, group);
            if let Some((from, to)) = tables {
                let mut own = self.built.actions.iter_mut().skip(removed).map(|p| &mut p.action);
                if let Some(drop) = own.find(|a| a.verb == Verb::Drop && a.object == id) {
                    let losses = copy::losses(from, to).into_iter();
                    *drop = losses.fold(drop.clone(), |drop, loss| drop.loses_data(&id, loss));
                }
            }
            if self.closure.rebuilt_types.contains(&id) || self.closure.aside.contains(&id) {
                self.move_aside(&id, removed);
            }
            self.create(&id, &serves, group);
            if let Some((from, to)) = tables {
                self.push(copy::restore(from, to, self.situation), &serves, group);
            }
            for planned in self.built.actions.iter_mut().skip(first) {
                let action = &mut planned.action;
                if matches!(action.verb, Verb::Drop | Verb::Create) {
                    action.reason.get_or_insert_with(|| why.clone());
                }
                if action.verb == Verb::Drop {
                    // It comes back, most often in the same transaction.
                    action.hazards.retain(|(hazard, _)| !ENDS.contains(hazard));
                }
                if action.verb == Verb::Drop && id.kind() != "index" {
                    let message = format!("{} is away until it is created again", id.name());
                    action.hazards.push((Hazard::Replaced, message));
                }
            }
        }
        self.free_owned_sequences();
        self.remap();
    }

    /// Text search configurations change over to dictionaries that are built anew.
    fn remap(&mut self) {
        for (id, dictionaries) in std::mem::take(&mut self.closure.remapped) {
            for dictionary in dictionaries {
                let Some((schema, aside)) = aside(&dictionary) else { continue };
                let sql = format!(
                    "ALTER TEXT SEARCH CONFIGURATION {} ALTER MAPPING REPLACE {} WITH {}",
                    id.name(),
                    qualified(&schema, &aside),
                    dictionary.name()
                );
                let command = "ALTER TEXT SEARCH CONFIGURATION … MAPPING";
                let action = Action::alter(id.clone(), command, sql)
                    .requires([dictionary.clone()])
                    .releases([dictionary.clone()]);
                let root = self.closure.cause.get(&dictionary).unwrap_or(&dictionary).clone();
                self.push(vec![action], &root, Some(&format!("replace {root}")));
            }
        }
    }

    /// The two states of a table whose rows are copied.
    fn tables(&self, id: &Id) -> Option<(&'a Table, &'a Table)> {
        let from = self.from.find(id)?.as_any().downcast_ref::<Table>()?;
        let to = self.to.find(id)?.as_any().downcast_ref::<Table>()?;
        let kept = self.situation.rows_are_kept(id);
        kept.then_some((from, to))
    }

    /// What others use until they have the new one: the old one gets another name meanwhile.
    fn move_aside(&mut self, id: &Id, removed: usize) {
        let Some(old) = self.from.find(id) else { return };
        let Some((schema, aside)) = aside(id) else { return };
        let root = self.closure.cause.get(id).unwrap_or(id).clone();
        let keyword = old.keyword();
        let sql = format!("ALTER {keyword} {} RENAME TO {}", old.sql_name(), quote_ident(&aside));
        let is_type = !self.closure.aside.contains(id);
        let command =
            if is_type { "ALTER TYPE … RENAME" } else { "ALTER TEXT SEARCH … RENAME" };
        let mut rename = Action::alter(id.clone(), command, sql);
        let waiting = Id::new(id.kind(), &[&schema, &aside]);
        rename.aside = Some(Aside::Moved(waiting.clone()));
        rename.requires.clear();
        rename.reason = Some(if is_type {
            "columns move from the old type to the new one, value by value".to_owned()
        } else {
            "configurations change over from the old dictionary to the new one".to_owned()
        });
        for planned in self.built.actions.iter_mut().skip(removed) {
            if planned.action.verb == Verb::Drop {
                rename.frees.append(&mut planned.action.frees);
                rename.frees.push(format!("aside:{id}"));
                planned.action.takes.push(format!("aside:{id}"));
                planned.action.sql = format!("DROP {keyword} {}", qualified(&schema, &aside));
                planned.action.aside = Some(Aside::Removed(waiting.clone()));
                planned.leaves_late = true;
            }
        }
        self.push(vec![rename], id, Some(&format!("replace {root}")));
    }

    /// A sequence that goes with a column of a table that is built anew must outlive it.
    fn free_owned_sequences(&mut self) {
        let mut lists = Vec::new();
        for sequence in &self.situation.from.sequence {
            let Some(column) = &sequence.owned_by else { continue };
            let id = Object::id(sequence);
            let table = table_of(column);
            if !self.gone.contains(&table) || self.gone.contains(&id) {
                continue;
            }
            let after = self.to.find(&id).and_then(|s| s.as_any().downcast_ref::<Sequence>());
            let Some(after) = after else {
                continue;
            };
            if after.owned_by != sequence.owned_by {
                continue;
            }
            let sql = format!("ALTER SEQUENCE {} OWNED BY NONE", Object::sql_name(sequence));
            let mut free = Action::alter(id.clone(), "ALTER SEQUENCE … OWNED BY", sql)
                .releases([column.clone(), table.clone()]);
            free.rank = 1;
            let mut own = Object::finish(after, self.situation);
            own.insert(0, free);
            lists.push((own, table));
        }
        for (actions, table) in lists {
            self.push(actions, &table, Some(&format!("replace {table}")));
        }
    }

    /// Owner, grants, comments of an object that stays.
    fn alter_attached(&mut self, id: &Id) {
        if self.closure.replaced.contains_key(id) {
            return;
        }
        let (Some(old), Some(new)) = (self.from.find(id), self.to.find(id)) else {
            return;
        };
        let actions = attach_actions(Some(old), new, self.situation);
        self.push(actions, id, None);
    }

    /// What PostgreSQL forgets of what it builds anew by itself is said once more.
    fn forgotten(&mut self) {
        for id in std::mem::take(&mut self.closure.taken_along) {
            let stays = !self.gone.contains(&id) && self.from.find(&id).is_some();
            let Some(object) = self.to.find(&id).filter(|_| stays) else { continue };
            let mut actions = object.forgotten(self.situation);
            for action in &mut actions {
                let why = "it is forgotten when a column gets another type";
                action.reason = Some(why.to_owned());
            }
            let said: HashSet<&str> = actions.iter().map(|action| action.sql.as_str()).collect();
            self.built.actions.retain(|planned| !said.contains(planned.action.sql.as_str()));
            self.push(actions, &id, None);
        }
    }

    /// In-place changes, in the order of the drift.
    fn altered(&mut self, drift: &Drift) {
        let changed: HashSet<&Id> = drift.changes.iter().map(|c| &c.id).collect();
        for (id, actions) in std::mem::take(&mut self.closure.altered) {
            if self.closure.replaced.contains_key(&id) {
                continue;
            }
            // Column grants belong to the table's list of grants.
            if id.kind() == "table" && !changed.contains(&id) {
                self.alter_attached(&id);
            }
            // What is done with one object, a column above all, is right only as a whole.
            let mut lists: BTreeMap<usize, (Id, Vec<Action>)> = BTreeMap::new();
            let mut order: Vec<Id> = Vec::new();
            for action in actions {
                let at = order.iter().position(|o| *o == action.object).unwrap_or_else(|| {
                    order.push(action.object.clone());
                    order.len() - 1
                });
                lists
                    .entry(at)
                    .or_insert_with(|| (action.object.clone(), Vec::new()))
                    .1
                    .push(action);
            }
            for (object, actions) in lists.into_values() {
                let cause = self.closure.cause.get(&id).filter(|_| !changed.contains(&id));
                let serves = if changed.contains(&object) { &object } else { cause.unwrap_or(&id) };
                let serves = serves.clone();
                if let Some(work) = self.closure.columns.remove(&object) {
                    self.work_on_column(&object, work, actions);
                    continue;
                }
                let root = self.closure.cause.get(&id).filter(|_| object.kind() == "domain");
                let group = match root {
                    // What it calls is away in between.
                    Some(root) => Some(format!("replace {root}")),
                    None => coupled_alter(&object, &actions).then(|| format!("alter {object}")),
                };
                self.push(actions, &serves, group.as_deref());
            }
        }
    }

    /// Columns that the drift leaves alone, but whose type is built anew, or whose default must be
    /// away meanwhile.
    fn column_work(&mut self) {
        for (id, work) in std::mem::take(&mut self.closure.columns) {
            self.work_on_column(&id, work, Vec::new());
        }
    }

    fn work_on_column(&mut self, id: &Id, work: ColumnWork<'a>, planned: Vec<Action>) {
        if self.gone.contains(&Object::id(work.table)) {
            return;
        }
        let actions = work.actions(planned, self.situation);
        let serves = self.closure.cause.get(id).cloned().unwrap_or_else(|| id.clone());
        self.push(actions, &serves, Some(&format!("replace {serves}")));
    }
}

/// Schema and name for the old form of something that waits for others to leave it.
fn aside(id: &Id) -> Option<(String, String)> {
    let mut parts = split_name(id.name()).into_iter();
    let (schema, name) = (parts.next()?, parts.next_back()?);
    Some((schema, helper_name(&name, "_pgparity_old")))
}

/// The table of a column's identity.
pub(super) fn table_of(column: &Id) -> Id {
    let parts = split_name(column.name());
    match parts.as_slice() {
        [schema, table, ..] => Id::new("table", &[schema, table]),
        _ => column.clone(),
    }
}

/// True when the statements that bring an object make sense only as a whole.
fn coupled(kind: Kind, actions: &[Action]) -> bool {
    actions.len() > 1 && (helped(actions) || matches!(kind, Kind::Constraint))
}

/// True when something is there in between only: what waits in it comes back, or does not go there.
fn helped(actions: &[Action]) -> bool {
    actions.iter().any(|action| action.aside.is_some())
}

/// The same for statements that change an object.
fn coupled_alter(object: &Id, actions: &[Action]) -> bool {
    // What is detached and comes back is not left alone in between.
    let comes_back = |way: &str| actions.iter().any(|action| action.command.ends_with(way));
    actions.len() > 1
        && (helped(actions)
            || matches!(object.kind(), "column" | "index" | "constraint")
            || comes_back("… NO INHERIT") && comes_back("… INHERIT")
            || comes_back("… DETACH PARTITION") && comes_back("… ATTACH PARTITION"))
}
