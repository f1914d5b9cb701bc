//! Who brought an object and its parts, for people and programs.

use serde::Serialize;

use super::log::{Sighted, change};
use super::model::{Event, Gap, History, Mark, What};
use crate::model::Id;
use crate::objects::Kind;
use crate::report::words::kind_word;
use crate::report::{Colour, Lines, Style};

/// An object with its parts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BlameReport {
    /// The environment.
    pub environment: String,
    /// The object.
    pub id: Id,
    /// Its kind.
    pub kind: Option<Kind>,
    /// What happened to the object itself, the latest first.
    pub events: Vec<Told>,
    /// The object and each of its parts, those included that are gone.
    pub lines: Vec<BlameLine>,
    /// What the snapshots do not show, a sentence each.
    pub remarks: Vec<String>,
}

/// The snapshots that first show something of an object.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BlameLine {
    /// The object.
    pub id: Id,
    /// Its kind.
    pub kind: Kind,
    /// Its own name.
    pub name: String,
    /// The first snapshot that shows it; of an object that came back, the first since then.
    pub brought: Place,
    /// It was there when somebody first looked, so that it came at that time or before.
    pub before: bool,
    /// The last snapshot that shows another state than the one before, and in which attributes.
    pub changed: Option<(Place, Vec<String>)>,
    /// The first snapshot that does not show it any more.
    pub dropped: Option<Place>,
}

/// A snapshot of the series.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Place {
    /// The name of the file.
    pub file: String,
    /// When it was taken, RFC 3339 in UTC.
    pub captured_at: String,
    /// When the state before it was last seen: what happened did so after this time.
    pub not_before: Option<String>,
    /// It may have been the snapshot before, because both were taken at the same time.
    pub order_unknown: bool,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Told {
    /// The first snapshot that shows it.
    pub place: Place,
    /// What.
    #[serde(flatten)]
    pub what: What,
}

impl BlameReport {
    /// The report about an object. `sighted` has an entry for each snapshot, as they were given.
    pub fn new(environment: &str, history: &History, sighted: &[Sighted], id: &Id) -> BlameReport {
        let place = |mark: Mark| place(history, sighted, mark);
        let lane = history.lane(id);
        let events = lane.map(|lane| lane.events.as_slice()).unwrap_or_default().iter().rev();
        let told = |event: &Event| {
            let mark = Mark { point: event.point, order_unknown: event.order_unknown };
            Told { place: place(mark), what: event.what.clone() }
        };
        let lines = history.blame(id).into_iter().map(|blame| BlameLine {
            name: history.lane(&blame.id).map(|lane| lane.name.clone()).unwrap_or_default(),
            kind: blame.kind,
            brought: place(blame.brought),
            before: blame.before,
            changed: blame.changed.map(|(mark, names)| (place(mark), names)),
            dropped: blame.dropped.map(place),
            id: blame.id,
        });
        let mut remarks: Vec<String> = Vec::new();
        for step in &history.steps {
            let gaps = step.gaps.iter().filter(|gap| !matches!(gap, Gap::Long { .. }));
            let at = history.points.get(step.to).map(|point| point.side.captured_at.as_str());
            let at = at.unwrap_or_default();
            remarks.extend(gaps.map(|gap| format!("{at} and the one before: {}", gap.sentence())));
        }
        BlameReport {
            environment: environment.to_owned(),
            id: id.clone(),
            kind: lane.map(|lane| lane.kind),
            events: events.map(told).collect(),
            lines: lines.collect(),
            remarks,
        }
    }

    /// The report as text.
    pub fn text(&self, style: Style) -> String {
        let mut lines = Lines::new(style);
        let kind = self.kind.map(|kind| kind_word(kind.as_str())).unwrap_or_default();
        let head = format!("{kind} {} in {}", self.id.name(), self.environment);
        lines.put(0, Some(Colour::Heading), &head);
        for event in &self.events {
            lines.put(2, None, &format!("{}  {}", event.place.captured_at, words(event)));
            if let What::Changed { attributes } = &event.what {
                for attribute in attributes {
                    lines.put(24, None, &change(attribute));
                }
            }
        }
        if self.lines.len() > 1 {
            lines.gap();
            lines.put(0, Some(Colour::Heading), "Brought by the snapshot of");
            for line in self.lines.iter().filter(|line| line.id != self.id) {
                part(line, &mut lines);
            }
            if self.lines.iter().any(|line| line.before) {
                lines.put(2, Some(Colour::Dim), "^ or before: it was there in the first snapshot");
            }
        }
        if !self.remarks.is_empty() {
            lines.gap();
        }
        for remark in &self.remarks {
            lines.put(0, Some(Colour::Warning), remark);
        }
        lines.finish()
    }
}

fn place(history: &History, sighted: &[Sighted], mark: Mark) -> Place {
    let point = history.points.get(mark.point);
    let of = |at: usize| sighted.get(at);
    let before = mark.point.checked_sub(1).and_then(|at| history.points.get(at));
    let last_seen = before.map(|before| {
        let seen = of(before.snapshot).and_then(|one| one.seen.clone());
        seen.unwrap_or_else(|| before.side.captured_at.clone())
    });
    let captured_at = point.map(|point| point.side.captured_at.clone()).unwrap_or_default();
    Place {
        file: point
            .and_then(|point| of(point.snapshot))
            .map(|one| one.file.clone())
            .unwrap_or_default(),
        not_before: last_seen.filter(|seen| *seen <= captured_at),
        captured_at,
        order_unknown: mark.order_unknown,
    }
}

/// What happened, and since when it can have been so.
fn words(event: &Told) -> String {
    let what = match &event.what {
        What::Seen => {
            return "there when somebody first looked: it came at that time or before".to_owned();
        }
        What::Added => "came".to_owned(),
        What::Back => "came back".to_owned(),
        What::Changed { .. } => "changed".to_owned(),
        What::Renamed { from } => format!("renamed from {}", from.name()),
        What::Dropped => "went".to_owned(),
    };
    let unknown =
        if event.place.order_unknown { " (or the snapshot of the same time)" } else { "" };
    match &event.place.not_before {
        Some(after) => format!("{what}, after {after}{unknown}"),
        None => format!("{what}{unknown}"),
    }
}

fn part(line: &BlameLine, lines: &mut Lines) {
    let before = if line.before { '^' } else { ' ' };
    let kind = kind_word(line.kind.as_str());
    let mut text = format!("{}{before} {kind} {}", line.brought.captured_at, line.name);
    if let Some((place, attributes)) = &line.changed {
        text.push_str(&format!("; changed {}: {}", place.captured_at, attributes.join(", ")));
    }
    if let Some(place) = &line.dropped {
        text.push_str(&format!("; gone {}", place.captured_at));
    }
    let colour = line.dropped.as_ref().map(|_| Colour::Dim);
    lines.put(2, colour, &text);
}
