//! A comparison under decisions: the drift with its tree, and the plan, each made only once.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use pgparity_core::diff::{
    Change, DiffOptions, Drift, IgnorePreset, RenameCandidate, RenameDecision, diff_telling,
};
use pgparity_core::model::Id;
use pgparity_core::plan::{Plan, PlanOptions, plan};
use pgparity_core::snapshot::Snapshot;

use super::super::plan::Back;
use super::entries::Entries;
use super::flat::{self, Flat};
use super::review::Hashes;
use super::risk::{self, Dangers};
use super::rules;
use super::tree::{Forest, Tree, build};
use super::users::Users;
use crate::protocol::{Risk, Rows, Settings, Status, TreeQuery, View};

/// The tree of a view, made once, and the rows under the last query: a window is a slice of them.
struct Arranged {
    view: View,
    /// The decisions that the risks in it come from; `None` without risks.
    risks_under: Option<Settings>,
    /// Equal objects are in it.
    whole: bool,
    tree: Tree,
    flat: Option<Flat>,
}

/// How much is done of a whole, the arrangement of what was found left out.
fn share(told: &mut dyn FnMut(u8)) -> impl FnMut(usize, usize) {
    const COMPARED: usize = 90;
    move |done, all| told(u8::try_from(done * COMPARED / all.max(1)).unwrap_or(100))
}

/// Of more objects nothing is made that nobody has asked for: memory is short.
const PREPARED: usize = 400_000;

/// Two snapshots compared.
pub(in crate::engine) struct Compared {
    pub(super) from: Rc<Snapshot>,
    pub(super) to: Rc<Snapshot>,
    pub(super) renames: Vec<RenameDecision>,
    /// The rules that are on.
    pub(super) ignore: BTreeSet<IgnorePreset>,
    pub(super) drift: Drift,
    /// The drift as it is without rules; `None` while none is on.
    unruled: Option<Drift>,
    pub(super) entries: Entries,
    /// The hashes of what differs.
    pub(super) hashes: OnceCell<Hashes>,
    /// Every pair that was ever offered, so that an answer can be taken back.
    pub(super) offered: Vec<RenameCandidate>,
    /// The place of each object's change in the drift.
    places: BTreeMap<Id, usize>,
    /// The definitions of both sides, for the search in them.
    pub(super) definitions: OnceCell<Vec<(Id, String)>>,
    arranged: Option<Arranged>,
    plan: Option<(Settings, Plan)>,
    /// The dangers in the plan.
    pub(super) dangers: OnceCell<Dangers>,
    /// The way back, and what it leaves alone.
    pub(in crate::engine) back: Option<(Settings, Back)>,
    users: (OnceCell<Users>, OnceCell<Users>),
}

impl Compared {
    /// Compares two snapshots. `told` hears how much of it is done, in percent.
    pub(in crate::engine) fn new(
        from: Rc<Snapshot>,
        to: Rc<Snapshot>,
        settings: &Settings,
        told: &mut dyn FnMut(u8),
    ) -> Compared {
        let drift = diff_telling(&from, &to, &DiffOptions::default(), &mut share(told));
        let mut compared = Compared {
            offered: drift.rename_candidates.clone(),
            drift,
            unruled: None,
            from,
            to,
            renames: Vec::new(),
            ignore: BTreeSet::new(),
            entries: Entries::default(),
            hashes: OnceCell::new(),
            places: BTreeMap::new(),
            definitions: OnceCell::new(),
            arranged: None,
            plan: None,
            dangers: OnceCell::new(),
            back: None,
            users: <(OnceCell<Users>, OnceCell<Users>)>::default(),
        };
        // Without decisions it is the comparison that there is.
        if !compared.decide(settings, told) {
            compared.arrange();
        }
        compared
    }

    /// Whether it was made under these answers and rules.
    pub(in crate::engine) fn is_under(&self, settings: &Settings) -> bool {
        self.renames == settings.renames && self.ignore == settings.ignore
    }

    /// Whether the plan under these decisions is there.
    pub(in crate::engine) fn has_plan(&self, settings: &Settings) -> bool {
        self.plan.as_ref().is_some_and(|(made_for, _)| made_for == settings)
    }

    /// Compares again where the answers or the rules are others than before; true when it did.
    pub(in crate::engine) fn decide(
        &mut self,
        settings: &Settings,
        told: &mut dyn FnMut(u8),
    ) -> bool {
        if self.is_under(settings) {
            return false;
        }
        self.renames.clone_from(&settings.renames);
        self.ignore.clone_from(&settings.ignore);
        let unruled = DiffOptions { decisions: self.renames.clone(), ..DiffOptions::default() };
        let drift = diff_telling(&self.from, &self.to, &unruled, &mut share(told));
        if self.ignore.is_empty() {
            (self.drift, self.unruled) = (drift, None);
        } else {
            self.drift = rules::diff(&self.from, &self.to, &self.renames, &self.ignore);
            self.unruled = Some(drift);
        }
        self.plan = None;
        self.back = None;
        self.arrange();
        true
    }

    fn arrange(&mut self) {
        for pair in &self.drift.rename_candidates {
            let known = self.offered.iter().any(|old| old.from == pair.from && old.to == pair.to);
            if !known {
                self.offered.push(pair.clone());
            }
        }
        self.entries = Entries::of((&self.from, &self.to), &self.drift, self.unruled.as_ref());
        self.hashes = OnceCell::new();
        self.definitions = OnceCell::new();
        let places = self.drift.changes.iter().enumerate();
        self.places = places.map(|(at, change)| (change.id.clone(), at)).collect();
        self.arranged = None;
    }

    /// The two snapshots, `from` first.
    pub(in crate::engine) fn sides(&self) -> (&Rc<Snapshot>, &Rc<Snapshot>) {
        (&self.from, &self.to)
    }

    /// The drift.
    pub(in crate::engine) fn drift(&self) -> &Drift {
        &self.drift
    }

    /// The drift without rules.
    pub(super) fn unruled(&self) -> &Drift {
        self.unruled.as_ref().unwrap_or(&self.drift)
    }

    /// The change of an object that rules hide wholly.
    pub(in crate::engine) fn hidden(&self, id: &Id) -> Option<&Change> {
        let hidden = self.entries.get(id).is_some_and(|entry| entry.status == Status::Hidden);
        self.unruled().changes.iter().find(|change| hidden && change.id == *id)
    }

    /// The answers it was made under.
    pub(in crate::engine) fn renames(&self) -> &[RenameDecision] {
        &self.renames
    }

    /// The answers and rules it was made under, as the core takes them.
    pub(in crate::engine) fn comparing(&self) -> DiffOptions {
        rules::options(&self.renames, &self.ignore)
    }

    /// The objects.
    pub(in crate::engine) fn entries(&self) -> &Entries {
        &self.entries
    }

    /// The change of an object.
    pub(in crate::engine) fn change(&self, id: &Id) -> Option<&Change> {
        self.drift.changes.get(*self.places.get(id)?)
    }

    /// Who uses what on each side, `from` first.
    pub(in crate::engine) fn users(&self) -> (&Users, &Users) {
        let from = self.users.0.get_or_init(|| Users::of(&self.from));
        let to = self.users.1.get_or_init(|| Users::of(&self.to));
        (from, to)
    }

    /// Makes one thing that will be asked for sooner or later, while nobody asks for anything; false
    /// when all of them are there.
    pub(in crate::engine) fn prepare(&self) -> bool {
        if self.entries.len() > PREPARED {
            return false;
        }
        if !self.entries.has_all() {
            self.entries.all();
        } else if self.users.0.get().is_none() || self.users.1.get().is_none() {
            self.users();
        } else {
            return false;
        }
        true
    }

    /// How many rename candidates have no answer.
    pub(in crate::engine) fn undecided(&self) -> usize {
        self.candidates().iter().filter(|candidate| candidate.answer.is_none()).count()
    }

    /// The rows of the tree, flattened once for all windows of a query.
    pub(super) fn rows(
        &mut self,
        settings: &Settings,
        query: &TreeQuery,
        start: usize,
        len: usize,
    ) -> Rows {
        let arranged = self.arrange_for(settings, query);
        let find = query.find.as_deref();
        let Arranged { tree, flat, .. } = &arranged;
        let rows = flat.as_ref().map_or_else(Rows::default, |flat| Rows {
            objects: self.entries.len(),
            around: flat.around(tree, find, self.hashes()),
            ..flat.window(tree, find, start, len)
        });
        self.arranged = Some(arranged);
        rows
    }

    /// The next row of a query whose name begins with a text.
    pub(super) fn ahead(
        &mut self,
        settings: &Settings,
        query: &TreeQuery,
        text: &str,
        from: usize,
    ) -> Option<usize> {
        let arranged = self.arrange_for(settings, query);
        let found = arranged.flat.as_ref().and_then(|flat| flat.ahead(&arranged.tree, text, from));
        self.arranged = Some(arranged);
        found
    }

    /// The objects that pass the filter of a query.
    pub(in crate::engine) fn matching(
        &mut self,
        settings: &Settings,
        query: &TreeQuery,
    ) -> BTreeSet<Id> {
        let arranged = self.arrange_for(settings, query);
        let ids = arranged.flat.iter().flat_map(|flat| flat.passing(&arranged.tree)).cloned();
        let ids = ids.collect();
        self.arranged = Some(arranged);
        ids
    }

    /// The tree of a query with its rows, taken from where it is kept.
    fn arrange_for(&mut self, settings: &Settings, query: &TreeQuery) -> Arranged {
        let with_risks = query.view == View::Risk || !query.filter.risks.is_empty();
        let under = with_risks.then(|| settings.clone());
        // Statements serve equal objects too, and those make a whole dangerous.
        let whole = with_risks || query.filter.status.contains(&Status::Same);
        let serves = |old: &Arranged| {
            old.view == query.view && old.risks_under == under && (old.whole || !whole)
        };
        let mut arranged = match self.arranged.take() {
            Some(old) if serves(&old) => old,
            _ => {
                let risks: BTreeMap<Id, Risk> =
                    if with_risks { risk::risks(self.plan(settings)) } else { BTreeMap::new() };
                let entries = if whole { self.entries.all() } else { self.entries.differing() };
                let forest = Forest { entries, changes: &self.drift.changes, risks: &risks };
                let tree = build(&forest, query.view);
                Arranged { view: query.view, risks_under: under, whole, tree, flat: None }
            }
        };
        let flat = match arranged.flat.take() {
            Some(flat) if flat.serves(query) => flat,
            _ => {
                let (to_view, kept) = (self.to_view(&query.viewed), self.kept(&query.filter));
                flat::flatten(&arranged.tree, query, &to_view, &kept)
            }
        };
        arranged.flat = Some(flat);
        arranged
    }

    /// The plan that was made last.
    pub(super) fn planned(&self) -> Option<&Plan> {
        self.plan.as_ref().map(|(_, plan)| plan)
    }

    /// The plan under the given decisions.
    pub(in crate::engine) fn plan(&mut self, settings: &Settings) -> &Plan {
        if !self.has_plan(settings) {
            self.plan = None;
            self.dangers = OnceCell::new();
        }
        let make = || {
            let options = PlanOptions {
                mode: settings.mode,
                allow: settings.allow.clone(),
                off: settings.off.clone(),
                idempotent: settings.idempotent,
            };
            (settings.clone(), plan(&self.from, &self.to, &self.drift, &options))
        };
        &self.plan.get_or_insert_with(make).1
    }
}
