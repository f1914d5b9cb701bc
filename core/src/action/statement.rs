//! One statement as the planner sees it, before it has a place.

use super::{Hazard, LockMode};
use crate::model::Id;

/// One statement and all that the planner must know of it.
#[derive(Clone, Debug)]
pub struct Action {
    /// Whether it brings the object, changes it or removes it.
    pub verb: Verb,
    /// The object it is about.
    pub object: Id,
    /// The words of the command, for people.
    pub command: &'static str,
    /// The statement, without the closing semicolon.
    pub sql: String,
    /// Identities that exist after it and did not before.
    pub produces: Vec<Id>,
    /// Identities that no longer exist after it.
    pub destroys: Vec<Id>,
    /// Identities that must exist, in their final state, before it.
    pub requires: Vec<Id>,
    /// Identities that the object depended on and no longer does after it.
    pub releases: Vec<Id>,
    /// The object whose dependents must be away while it runs.
    pub disturbs: Vec<Id>,
    /// Names that it frees, as `class:qualified name`: another object may take them afterwards.
    pub frees: Vec<String>,
    /// Names that it takes.
    pub takes: Vec<String>,
    /// Its dangers, with a sentence each.
    pub hazards: Vec<(Hazard, String)>,
    /// The strongest lock on a relation that exists before the plan.
    pub lock: Option<(LockMode, Id)>,
    /// A second relation that it locks in the same mode.
    pub locks_too: Option<Id>,
    /// What it does to the rows.
    pub effect: Effect,
    /// Where it may run.
    pub timing: Timing,
    /// Orders actions that do not depend on each other: smaller is earlier.
    pub rank: u16,
    /// Why nothing undoes it.
    pub irreversible: Option<String>,
    /// Looks at the rows on which the statement would fail.
    pub checks: Vec<RowCheck>,
    /// Why it is there, beyond the change it serves.
    pub reason: Option<String>,
    /// What it does with something that is there while the plan runs, and in neither state.
    pub aside: Option<Aside>,
}

/// Something that is there while the plan runs only; identities as if a snapshot held it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Aside {
    /// The object itself waits under this name.
    Moved(Id),
    /// A help for the object comes.
    Brought(Id),
    /// What waited, or helped, goes.
    Removed(Id),
}

/// A look, before the plan runs, at the rows because of which a statement would fail.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowCheck {
    /// What it looks for.
    pub title: String,
    /// A query that gives those rows, in the words of the database as it is; `None` where no query
    /// can tell.
    pub sql: Option<String>,
    /// What the query names, under the names after the plan: it must be there before.
    pub about: Vec<Id>,
}

/// The words of the command that renames.
pub(crate) const RENAME: &str = "ALTER … RENAME TO";

/// The words of the command that drops the table in which rows of another one waited.
pub(crate) const DROP_HELPER: &str = "DROP TABLE … (helper)";

/// What an action does with its object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verb {
    /// It brings the object.
    Create,
    /// It changes it.
    Alter,
    /// It removes it.
    Drop,
}

/// What a statement does to the rows of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// It changes the catalog only.
    #[default]
    Catalog,
    /// It reads the whole table.
    Scan,
    /// It writes the table anew.
    Rewrite,
}

/// Where a statement may run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Timing {
    /// In a transaction with others.
    #[default]
    Transaction,
    /// In a transaction that must be committed before anything that needs its result.
    CommitAfter,
    /// Outside of any transaction.
    Alone,
    /// In a transaction of its own, after those before it are committed.
    OwnTransaction,
}

impl Action {
    /// An action that does nothing yet but carry its statement.
    pub fn new(verb: Verb, object: Id, command: &'static str, sql: String) -> Action {
        Action {
            verb,
            object,
            command,
            sql,
            produces: Vec::new(),
            destroys: Vec::new(),
            requires: Vec::new(),
            releases: Vec::new(),
            disturbs: Vec::new(),
            frees: Vec::new(),
            takes: Vec::new(),
            hazards: Vec::new(),
            lock: None,
            locks_too: None,
            effect: Effect::Catalog,
            timing: Timing::Transaction,
            rank: 0,
            irreversible: None,
            checks: Vec::new(),
            reason: None,
            aside: None,
        }
    }

    /// An action that brings its object.
    pub fn create(object: Id, command: &'static str, sql: String) -> Action {
        let mut action = Action::new(Verb::Create, object.clone(), command, sql);
        action.produces.push(object);
        action
    }

    /// An action that changes its object, which must exist.
    pub fn alter(object: Id, command: &'static str, sql: String) -> Action {
        let mut action = Action::new(Verb::Alter, object.clone(), command, sql);
        action.requires.push(object);
        action
    }

    /// An action that removes its object.
    pub fn drop(object: Id, command: &'static str, sql: String) -> Action {
        let mut action = Action::new(Verb::Drop, object.clone(), command, sql);
        action.destroys.push(object);
        action
    }

    /// True for a statement that gives an object that is there another name.
    pub(crate) fn is_rename(&self) -> bool {
        self.verb == Verb::Alter && self.command == RENAME
    }

    /// Adds what must exist before it.
    #[must_use]
    pub fn requires(mut self, ids: impl IntoIterator<Item = Id>) -> Action {
        self.requires.extend(ids);
        self
    }

    /// Adds what its object no longer depends on afterwards.
    #[must_use]
    pub fn releases(mut self, ids: impl IntoIterator<Item = Id>) -> Action {
        self.releases.extend(ids);
        self
    }

    /// Adds a name that it frees.
    #[must_use]
    pub fn frees(mut self, name: String) -> Action {
        self.frees.push(name);
        self
    }

    /// Adds a name that it takes.
    #[must_use]
    pub fn takes(mut self, name: String) -> Action {
        self.takes.push(name);
        self
    }

    /// Adds a danger.
    #[must_use]
    pub fn hazard(mut self, hazard: Hazard, message: impl Into<String>) -> Action {
        self.hazards.push((hazard, message.into()));
        self
    }

    /// True when it may fail on account of the rows.
    pub fn may_fail(&self) -> bool {
        self.hazards.iter().any(|(hazard, _)| *hazard == Hazard::MayFail)
    }

    /// Says which lock it takes.
    #[must_use]
    pub fn lock(mut self, mode: LockMode, on: Id) -> Action {
        self.lock = Some((mode, on));
        self
    }

    /// Says what it does to the rows.
    #[must_use]
    pub fn effect(mut self, effect: Effect) -> Action {
        self.effect = effect;
        self
    }

    /// Says where it may run.
    #[must_use]
    pub fn timing(mut self, timing: Timing) -> Action {
        self.timing = timing;
        self
    }

    /// Says why nothing undoes it.
    #[must_use]
    pub fn irreversible(mut self, why: impl Into<String>) -> Action {
        self.irreversible = Some(why.into());
        self
    }

    /// Adds looks at the rows on which it would fail.
    #[must_use]
    pub fn checks(mut self, checks: impl IntoIterator<Item = RowCheck>) -> Action {
        self.checks.extend(checks);
        self
    }
}
