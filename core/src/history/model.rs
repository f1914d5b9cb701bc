//! What a series of snapshots tells. Plain data.

use serde::{Deserialize, Serialize};

use crate::diff::{AttributeChange, IgnoreRule, Note, RenameDecision};
use crate::model::Id;
use crate::objects::Kind;
use crate::snapshot::Side;

/// How to read a series.
#[derive(Clone, Debug, Default)]
pub struct HistoryOptions {
    /// What somebody decided about renames; each step follows those that concern it.
    pub decisions: Vec<RenameDecision>,
    /// Differences to leave out.
    pub ignore: Vec<IgnoreRule>,
    /// The snapshots are in their order: it is known from elsewhere, and times do not count.
    pub in_order: bool,
}

/// The snapshots of one database in their order, and what happened in between.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct History {
    /// The snapshots that have a place, the oldest first.
    pub points: Vec<Point>,
    /// The places, among the snapshots as they were given, of those that do not tell when they were taken.
    pub unplaced: Vec<usize>,
    /// What happened from each point to the next.
    pub steps: Vec<Step>,
    /// Every object that was ever there, by identity.
    pub lanes: Vec<Lane>,
}

/// One snapshot of the series.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// Its place among the snapshots as they were given.
    pub snapshot: usize,
    /// Which database it is of.
    pub side: Side,
    /// The one before it was taken at the same time: which was first is not known.
    pub same_time: bool,
}

/// What happened between two snapshots that follow each other.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// The place of the later snapshot among the points.
    pub to: usize,
    /// Objects that came, columns included.
    pub added: usize,
    /// Objects that went.
    pub dropped: usize,
    /// Objects that were changed.
    pub changed: usize,
    /// Objects that somebody confirmed to be renamed.
    pub renamed: usize,
    /// Seconds between the two; `None` where they were not ordered by time.
    pub seconds: Option<i64>,
    /// Which of the two is the older one is not known.
    pub order_unknown: bool,
    /// What was not seen.
    pub gaps: Vec<Gap>,
    /// What else the comparison says.
    pub notes: Vec<Note>,
}

/// A part of the history that no snapshot shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "gap")]
pub enum Gap {
    /// Much longer than usual no snapshot was taken.
    Long {
        /// How long.
        seconds: i64,
    },
    /// Schemas, or roles, that only one of the two was asked for.
    OtherLimits,
    /// One of the two could not read something.
    NotRead,
    /// The snapshots are of databases with different names.
    OtherDatabase,
}

/// What happened to one object.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lane {
    /// Its identity, the latest.
    pub id: Id,
    /// Its kind.
    pub kind: Kind,
    /// Its schema.
    pub schema: Option<String>,
    /// The object it belongs to.
    pub parent: Option<Id>,
    /// Its own name.
    pub name: String,
    /// What happened, in its order.
    pub events: Vec<Event>,
}

/// One thing that happened to an object.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// The place, among the points, of the first snapshot that shows it.
    pub point: usize,
    /// What.
    pub what: What,
    /// Which snapshot is the older one is not known, so that it may have been the other way round.
    pub order_unknown: bool,
}

/// What can happen to an object.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum What {
    /// It was there when somebody first looked: it came some time before.
    Seen,
    /// It came.
    Added,
    /// It came back.
    Back,
    /// It was changed.
    Changed {
        /// Attribute by attribute what differs.
        attributes: Vec<AttributeChange>,
    },
    /// It has another identity: somebody confirmed that, for it or for what it belongs to.
    Renamed {
        /// The identity before.
        from: Id,
    },
    /// It went.
    Dropped,
}

/// Which snapshot first shows something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The place of that snapshot among the points.
    pub point: usize,
    /// It may have been the snapshot before, because their order is not known.
    pub order_unknown: bool,
}

/// Who brought an object as it is: the snapshots that first show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blame {
    /// The object, by its latest identity.
    pub id: Id,
    /// Its kind.
    pub kind: Kind,
    /// The first snapshot that shows it; of an object that came back, the first since then.
    pub brought: Mark,
    /// It was there when somebody first looked, so that it came some time before.
    pub before: bool,
    /// The last snapshot that shows another state than the one before, and in which attributes.
    pub changed: Option<(Mark, Vec<String>)>,
    /// For each attribute that was ever changed since, the last snapshot that changed it, by name.
    pub attributes: Vec<(String, Mark)>,
    /// The first snapshot that does not show it any more.
    pub dropped: Option<Mark>,
}

impl Lane {
    /// True when the object is there in the last snapshot that looked.
    pub fn is_there(&self) -> bool {
        !matches!(self.events.last().map(|event| &event.what), Some(What::Dropped) | None)
    }

    /// Who brought it as it is.
    pub fn blame(&self) -> Option<Blame> {
        let mut found: Option<Blame> = None;
        for event in &self.events {
            let mark = Mark { point: event.point, order_unknown: event.order_unknown };
            match (&event.what, &mut found) {
                (What::Seen | What::Added | What::Back, _) => {
                    found = Some(Blame {
                        id: self.id.clone(),
                        kind: self.kind,
                        brought: mark,
                        before: event.what == What::Seen,
                        changed: None,
                        attributes: Vec::new(),
                        dropped: None,
                    });
                }
                (What::Changed { attributes }, Some(blame)) => {
                    blame.changes(mark, attributes.iter().map(|a| a.name.clone()).collect());
                }
                (What::Renamed { from }, Some(blame)) => {
                    // With its table it keeps the name that is its own.
                    if from.split().0.last() != self.id.split().0.last() {
                        blame.changes(mark, vec!["name".to_owned()]);
                    }
                }
                (What::Dropped, Some(blame)) => blame.dropped = Some(mark),
                (_, None) => {}
            }
        }
        found
    }
}

impl Blame {
    fn changes(&mut self, mark: Mark, names: Vec<String>) {
        self.attributes.retain(|(name, _)| !names.contains(name));
        self.attributes.extend(names.iter().map(|name| (name.clone(), mark)));
        self.attributes.sort_by(|a, b| a.0.cmp(&b.0));
        match &mut self.changed {
            // Another name and other attributes in one step.
            Some((last, known)) if *last == mark => known.extend(names),
            changed => *changed = Some((mark, names)),
        }
    }
}

impl History {
    /// The lane of an object, by its latest identity.
    pub fn lane(&self, id: &Id) -> Option<&Lane> {
        let at = self.lanes.binary_search_by(|lane| lane.id.cmp(id)).ok()?;
        self.lanes.get(at)
    }

    /// Who brought an object and each of its parts, those included that are gone: columns, constraints,
    /// indexes, triggers, policies.
    pub fn blame(&self, id: &Id) -> Vec<Blame> {
        let part = |lane: &&Lane| lane.id == *id || lane.parent.as_ref() == Some(id);
        let mut found: Vec<Blame> =
            self.lanes.iter().filter(part).filter_map(Lane::blame).collect();
        found.sort_by(|a, b| (a.id != *id, a.kind, &a.id).cmp(&(b.id != *id, b.kind, &b.id)));
        found
    }
}
