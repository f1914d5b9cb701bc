//! A history told from snapshot to snapshot, the newest first.

use std::collections::BTreeSet;

use serde::Serialize;

use super::model::{Event, Gap, History, Lane, Step, What};
use crate::diff::AttributeChange;
use crate::model::Id;
use crate::objects::Kind;
use crate::report::words::{counted, kind_word};
use crate::report::{Colour, Lines, Style, short};

/// Longer values are not shown in a line.
const SHORT: usize = 60;

/// What an archive knows of a snapshot beside its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sighted {
    /// The name of the file.
    pub file: String,
    /// When the same was seen again, the last time, RFC 3339.
    pub seen: Option<String>,
}

/// The history of one environment.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Log {
    /// Its name.
    pub environment: String,
    /// The snapshots, the newest first.
    pub snapshots: Vec<LogPoint>,
    /// Files whose snapshots do not tell when they were taken.
    pub unplaced: Vec<String>,
}

/// One snapshot.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LogPoint {
    /// The name of the file.
    pub file: String,
    /// When it was taken, RFC 3339 in UTC.
    pub captured_at: String,
    /// When the same was seen again, the last time.
    pub seen: Option<String>,
    /// The database's name.
    pub database: String,
    /// The server's version, as `15.18`.
    pub server_version: String,
    /// Its fingerprint, `sha256:…`.
    pub fingerprint: String,
    /// How many objects it holds, columns included.
    pub objects: usize,
    /// What happened since the snapshot before; `None` for the oldest.
    pub since: Option<LogStep>,
}

/// What happened between two snapshots.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LogStep {
    /// Objects that came, columns included.
    pub added: usize,
    /// Objects that went.
    pub dropped: usize,
    /// Objects that were changed.
    pub changed: usize,
    /// Objects that somebody confirmed to be renamed.
    pub renamed: usize,
    /// What is not known, a sentence each.
    pub remarks: Vec<String>,
    /// What happened to which object, by identity.
    pub events: Vec<LogEvent>,
}

/// What happened to an object.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LogEvent {
    /// The object, by its latest identity.
    pub id: Id,
    /// Its kind.
    pub kind: Kind,
    /// The object it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<Id>,
    /// What, with both values of each attribute that changed.
    #[serde(flatten)]
    pub what: What,
}

impl Log {
    /// The log of a history. `sighted` has an entry for each snapshot, as they were given.
    pub fn new(environment: &str, history: &History, sighted: &[Sighted]) -> Log {
        let mut steps: Vec<LogStep> = history.steps.iter().map(step).collect();
        for lane in &history.lanes {
            for event in lane.events.iter().filter(|event| event.what != What::Seen) {
                if let Some(step) = event.point.checked_sub(1).and_then(|at| steps.get_mut(at)) {
                    step.events.push(log_event(lane, event));
                }
            }
        }
        let file = |at: usize| sighted.get(at).map(|one| one.file.clone()).unwrap_or_default();
        let mut since = std::iter::once(None).chain(steps.into_iter().map(Some));
        let mut snapshots: Vec<LogPoint> = history
            .points
            .iter()
            .map(|point| LogPoint {
                file: file(point.snapshot),
                captured_at: point.side.captured_at.clone(),
                seen: sighted.get(point.snapshot).and_then(|one| one.seen.clone()),
                database: point.side.database.clone(),
                server_version: point.side.server_version.clone(),
                fingerprint: point.side.fingerprint.clone(),
                objects: point.side.objects,
                since: since.next().flatten(),
            })
            .collect();
        snapshots.reverse();
        let unplaced = history.unplaced.iter().map(|at| file(*at)).collect();
        Log { environment: environment.to_owned(), snapshots, unplaced }
    }

    /// The log as text.
    pub fn text(&self, style: Style) -> String {
        let mut lines = Lines::new(style);
        let count = counted(self.snapshots.len(), "snapshot");
        lines.put(0, Some(Colour::Heading), &format!("{}: {count}", self.environment));
        for point in &self.snapshots {
            lines.gap();
            head(point, &mut lines);
            match &point.since {
                Some(step) => told(step, &mut lines),
                None => lines.put(2, Some(Colour::Dim), "the first of these snapshots"),
            }
        }
        for file in &self.unplaced {
            lines.gap();
            lines.put(0, Some(Colour::Warning), &format!("{file} does not tell when it was taken"));
        }
        lines.finish()
    }
}

/// An archive keeps a snapshot when something changed, so that a long time without one is no gap.
fn step(step: &Step) -> LogStep {
    let gaps = step.gaps.iter().filter(|gap| !matches!(gap, Gap::Long { .. })).cloned().collect();
    LogStep {
        added: step.added,
        dropped: step.dropped,
        changed: step.changed,
        renamed: step.renamed,
        remarks: Step { gaps, ..step.clone() }.remarks(),
        events: Vec::new(),
    }
}

fn log_event(lane: &Lane, event: &Event) -> LogEvent {
    let (id, parent) = (lane.id.clone(), lane.parent.clone());
    LogEvent { id, kind: lane.kind, parent, what: event.what.clone() }
}

fn head(point: &LogPoint, lines: &mut Lines) {
    let seen = point.seen.as_ref().map(|seen| format!(", the same at {seen}")).unwrap_or_default();
    lines.put(0, Some(Colour::Heading), &format!("{}{seen}", point.captured_at));
    let about = format!(
        "database {} · PostgreSQL {} · {}",
        point.database,
        point.server_version,
        counted(point.objects, "object")
    );
    lines.put(2, None, &about);
    lines.put(2, Some(Colour::Dim), &point.file);
}

fn told(step: &LogStep, lines: &mut Lines) {
    let counts = [
        (step.added, "added"),
        (step.dropped, "dropped"),
        (step.changed, "changed"),
        (step.renamed, "renamed"),
    ];
    let counts: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    let counts = if counts.is_empty() { "nothing differs".to_owned() } else { counts.join(", ") };
    lines.put(2, None, &counts);
    for remark in &step.remarks {
        lines.put(2, Some(Colour::Warning), remark);
    }
    // What came or went as a whole is told once.
    let whole: BTreeSet<(&Id, char)> = step
        .events
        .iter()
        .filter(|event| matches!(event.what, What::Added | What::Back | What::Dropped))
        .map(|event| (&event.id, sign(&event.what).0))
        .collect();
    let shown = |event: &&LogEvent| {
        let parent = event.parent.as_ref();
        parent.is_none_or(|parent| !whole.contains(&(parent, sign(&event.what).0)))
    };
    for event in step.events.iter().filter(shown) {
        let (sign, colour) = sign(&event.what);
        let kind = kind_word(event.kind.as_str());
        let mut text = format!("{sign} {kind} {}", event.id.name());
        if let What::Renamed { from } = &event.what {
            text.push_str(&format!(", before {}", from.name()));
        }
        lines.put(4, Some(colour), &text);
        if let What::Changed { attributes } = &event.what {
            for attribute in attributes {
                lines.put(8, None, &change(attribute));
            }
        }
    }
}

/// The sign and colour of an event, as in reports.
fn sign(what: &What) -> (char, Colour) {
    match what {
        What::Seen | What::Added | What::Back => ('+', Colour::Good),
        What::Dropped => ('-', Colour::Bad),
        What::Changed { .. } => ('~', Colour::Warning),
        What::Renamed { .. } => ('>', Colour::Renamed),
    }
}

/// Both values where they fit in a line.
pub(super) fn change(attribute: &AttributeChange) -> String {
    let (from, to) = (short(&attribute.from), short(&attribute.to));
    let long = |text: &String| text.contains('\n') || text.chars().count() > SHORT;
    if long(&from) || long(&to) {
        format!("{}: changed", attribute.name)
    } else {
        format!("{}: {from} → {to}", attribute.name)
    }
}
