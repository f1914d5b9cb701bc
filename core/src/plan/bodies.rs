//! What bodies of functions name, which `pg_depend` does not know: the order that follows from it,
//! and whom a drop or a rename leaves behind.
//!
//! PostgreSQL keeps the bodies of PL/pgSQL functions, and of SQL functions that are not `BEGIN
//! ATOMIC`, as text (manual, "Dependency Tracking"). With `check_function_bodies` off nothing looks
//! at them until they are called, which a plan does: a default for rows that are there, an index on
//! an expression, a materialized view. A word may also be a variable. So order that follows from
//! words is the first to go when it leads in a circle.

use std::collections::{BTreeMap, BTreeSet};

use super::build::Planned;
use super::graph::Edge;
use crate::action::{Hazard, Verb};
use crate::diff::{ChangeKind, Drift, RenameDecision};
use crate::model::{FastMap, FastSet, Id};
use crate::objects::{AnyObject, Function, Key, Object as _, Objects, Procedure};
use crate::sql::Words;

/// The text that a routine keeps as its body, if PostgreSQL does not understand it.
fn body(object: &dyn AnyObject) -> Option<&str> {
    let any = object.as_any();
    let (body, library, language) = match any.downcast_ref::<Function>() {
        Some(f) => (&f.body, &f.library, &f.language),
        None => any.downcast_ref::<Procedure>().map(|p| (&p.body, &p.library, &p.language))?,
    };
    // The text of these two is the name of a symbol.
    let symbol = library.is_some() || matches!(language.as_str(), "internal" | "c");
    body.as_deref().filter(|_| !symbol)
}

/// Schema and name as a body may spell them; for a column those of its table and its own.
struct Spelled {
    schema: String,
    name: String,
    column: Option<String>,
}

/// The kinds, besides routines and columns, that bodies name.
const NAMED: &[&str] = &[
    "table",
    "view",
    "materialized_view",
    "sequence",
    "enum",
    "composite",
    "domain",
    "range",
    "base_type",
];

fn is_routine(id: &Id) -> bool {
    matches!(id.kind(), "function" | "procedure" | "aggregate")
}

impl Spelled {
    /// `None` for kinds that bodies do not name.
    fn of(id: &Id) -> Option<Spelled> {
        let named = is_routine(id) || id.kind() == "column" || NAMED.contains(&id.kind());
        let mut parts = id.split().0.into_iter().filter(|_| named);
        let (schema, name) = (parts.next()?, parts.next()?);
        Some(Spelled { schema, name, column: parts.next() })
    }

    fn is_in(&self, words: &Words) -> bool {
        words.may_mean(&self.schema, &self.name)
            && self.column.as_ref().is_none_or(|column| words.has(column))
    }
}

/// The routines that have such a text.
fn bodies(objects: &Objects) -> Vec<(Id, &str)> {
    objects.iter().filter_map(|object| body(object).map(|text| (object.id(), text))).collect()
}

/// Where bodies are read, each once.
struct Reader<'a> {
    to: &'a Objects,
    /// Actions that bring or change something, by the name that a body would use.
    named: FastMap<String, Vec<(Spelled, usize)>>,
    /// Routines that the plan leaves alone, by name.
    calm: FastMap<String, Vec<Id>>,
    /// What the body of a routine names: actions, and routines that the plan leaves alone.
    read: FastMap<Id, (Vec<usize>, Vec<Id>)>,
}

impl Reader<'_> {
    fn names(&mut self, routine: &Id) -> (Vec<usize>, Vec<Id>) {
        if let Some(found) = self.read.get(routine) {
            return found.clone();
        }
        let text = self.to.find(routine).and_then(|object| body(object));
        let words = text.map(Words::of).unwrap_or_default();
        let (mut actions, mut routines) = (Vec::new(), Vec::new());
        for word in words.all() {
            let named = self.named.get(word).into_iter().flatten();
            // A row of a table has all its columns, whether the body names them or not.
            actions.extend(
                named
                    .filter(|(spelled, _)| words.may_mean(&spelled.schema, &spelled.name))
                    .map(|(_, at)| *at),
            );
            let called = self.calm.get(word).into_iter().flatten();
            routines.extend(
                called
                    .filter(|id| Spelled::of(id).is_some_and(|spelled| spelled.is_in(&words)))
                    .cloned(),
            );
        }
        actions.sort_unstable();
        routines.sort();
        self.read.insert(routine.clone(), (actions.clone(), routines.clone()));
        (actions, routines)
    }
}

/// Pairs of actions: the first had better run before the second, which brings a body that names
/// what the first is about, or may call such a body.
pub(super) fn order(to: &Objects, actions: &[Planned]) -> Vec<(usize, usize, Edge)> {
    let has_body = |id: &Id| matches!(id.kind(), "function" | "procedure");
    let calls = |planned: &Planned| {
        planned.action.verb != Verb::Drop
            && (has_body(&planned.action.object)
                || planned.action.requires.iter().any(may_lead_to_a_call))
    };
    if !actions.iter().any(calls) {
        return Vec::new();
    }
    let mut reader = reader(to, actions);
    let mut order = Vec::new();
    for (v, planned) in actions.iter().enumerate().filter(|(_, planned)| calls(planned)) {
        let mut next: Vec<Id> = planned.action.requires.clone();
        next.push(planned.action.object.clone());
        let mut seen: FastSet<Id> = FastSet::default();
        let mut found: BTreeSet<usize> = BTreeSet::new();
        while let Some(id) = next.pop() {
            if !may_lead_to_a_call(&id) || !seen.insert(id.clone()) {
                continue;
            }
            if let Some(object) = to.find(&id) {
                next.extend(object.attached().depends_on.iter().cloned());
            }
            let (actions, routines) = reader.names(&id);
            found.extend(actions);
            next.extend(routines);
        }
        let of_others = |u: &usize| actions[*u].action.object != planned.action.object;
        order.extend(found.into_iter().filter(of_others).map(|u| (u, v, Edge::Word)));
    }
    order
}

/// True for kinds that are or use functions, and that a statement uses when it names them.
fn may_lead_to_a_call(id: &Id) -> bool {
    matches!(
        id.kind(),
        "function"
            | "procedure"
            | "aggregate"
            | "operator"
            | "operator_class"
            | "cast"
            | "view"
            | "domain"
            | "range"
    )
}

fn reader<'a>(to: &'a Objects, actions: &[Planned]) -> Reader<'a> {
    let mut named: FastMap<String, Vec<(Spelled, usize)>> = FastMap::default();
    let mut busy: FastSet<&Id> = FastSet::default();
    for (at, planned) in actions.iter().enumerate() {
        let action = &planned.action;
        busy.insert(&action.object);
        // Who owns it, and what is said about it, makes no difference to a call.
        let aside = ["ALTER … OWNER TO", "GRANT", "REVOKE", "COMMENT ON", "SECURITY LABEL"];
        if action.verb == Verb::Drop || aside.contains(&action.command) {
            continue;
        }
        if let Some(spelled) = Spelled::of(&action.object) {
            named.entry(spelled.name.clone()).or_default().push((spelled, at));
        }
    }
    let mut calm: FastMap<String, Vec<Id>> = FastMap::default();
    for (id, _) in bodies(to).into_iter().filter(|(id, _)| !busy.contains(id)) {
        if let Some(spelled) = Spelled::of(&id) {
            calm.entry(spelled.name).or_default().push(id);
        }
    }
    Reader { to, named, calm, read: FastMap::default() }
}

/// True when a body may still name something by the name of what goes: a table may have become a
/// view, and a function may have another list of arguments.
fn is_still_there(to: &Objects, gone: &Id, spelled: &Spelled) -> bool {
    let Spelled { schema, name, .. } = spelled;
    let same = |key: Key<'_>| key.0 == schema && key.1 == name;
    if is_routine(gone) {
        return to.function.iter().any(|f| same(f.key()))
            || to.procedure.iter().any(|p| same(p.key()))
            || to.aggregate.iter().any(|a| same(a.key()));
    }
    NAMED.iter().any(|kind| to.find(&Id::new(kind, &[schema, name])).is_some())
}

/// Tells of routines whose bodies name what an action takes away.
pub(super) fn warn(
    to: &Objects,
    drift: &Drift,
    renames: &[RenameDecision],
    actions: &mut [Planned],
) {
    let dropped = drift.of_kind(ChangeKind::Drop);
    let gone: Vec<(&Id, Spelled)> = dropped
        .chain(renames.iter().map(|rename| &rename.from))
        .filter_map(|id| Some((id, Spelled::of(id)?)))
        .collect();
    if gone.is_empty() {
        return;
    }
    let mut by_word: FastMap<&str, Vec<&(&Id, Spelled)>> = FastMap::default();
    for pair in &gone {
        let (id, spelled) = pair;
        if spelled.column.is_some() || !is_still_there(to, id, spelled) {
            by_word.entry(&spelled.name).or_default().push(pair);
        }
    }
    let mut users: FastMap<&Id, BTreeSet<Id>> = FastMap::default();
    let mut bodies = bodies(to);
    bodies.sort_unstable();
    for (id, text) in bodies {
        let words = Words::of(text);
        for word in words.all() {
            let hit = by_word.get(word).into_iter().flatten();
            for (lost, _) in hit.filter(|(_, spelled)| spelled.is_in(&words)) {
                users.entry(lost).or_default().insert(id.clone());
            }
        }
    }
    for planned in actions {
        let action = &mut planned.action;
        let renamed = renames.iter().filter(|rename| {
            rename.to == action.object && action.produces.first() == Some(&rename.to)
        });
        let lost: Vec<&Id> = action.destroys.iter().chain(renamed.map(|r| &r.from)).collect();
        let mut namers: BTreeMap<&Id, BTreeSet<String>> = BTreeMap::new();
        for id in lost {
            for user in users.get(id).into_iter().flatten() {
                let name = id.split().0.pop().unwrap_or_default();
                namers.entry(user).or_default().insert(name);
            }
        }
        action.hazards.extend(named_in(namers));
    }
}

/// One hazard for all bodies that name what a statement takes away, with the names in each.
fn named_in(namers: BTreeMap<&Id, BTreeSet<String>>) -> Option<(Hazard, String)> {
    let mut alike: BTreeMap<BTreeSet<String>, Vec<String>> = BTreeMap::new();
    let it = if namers.len() == 1 { "it" } else { "them" };
    for (user, names) in namers {
        alike.entry(names).or_default().push(format!("{} {}", user.kind(), user.name()));
    }
    let told = alike.iter().map(|(names, users)| {
        let names = names.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
        match users.as_slice() {
            [user] => format!("the body of {user} names {names}"),
            _ => format!("the bodies of {} name {names}", users.join(", ")),
        }
    });
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| {
        let message = format!("{}; PostgreSQL does not check {it} before a call", told.join("; "));
        (Hazard::UntrackedDependencies, message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_bodies_are_told_at_once() {
        let [f, g, p] = [("function", "f"), ("function", "g"), ("procedure", "p")]
            .map(|(kind, name)| Id::new(kind, &["public", name]));
        let told = |namers: &[(&Id, &[&str])]| {
            let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
            named_in(namers.iter().map(|(user, all)| (*user, names(all))).collect())
                .map(|(_, message)| message)
        };
        assert_eq!(told(&[]), None);
        assert_eq!(
            told(&[(&f, &["orders"])]).as_deref(),
            Some(
                "the body of function public.f names orders; PostgreSQL does not check it before a call"
            )
        );
        assert_eq!(
            told(&[(&f, &["orders"]), (&p, &["orders"]), (&g, &["orders", "total"])]).as_deref(),
            Some(
                "the bodies of function public.f, procedure public.p name orders; the body of function \
                 public.g names orders, total; PostgreSQL does not check them before a call"
            )
        );
    }
}
