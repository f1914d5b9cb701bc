//! The lanes: every object that ever changed, through all snapshots.

use pgparity_core::history::{Event, History, Lane, What};
use pgparity_core::model::Id;

use crate::engine::glyphs::visible;
use crate::engine::kind_word;
use crate::engine::words::attribute_word;
use crate::protocol::{Deed, LaneFilter, LaneMark, LaneRow, Lanes};

/// The objects that ever changed, each beside what it belongs to.
pub(super) fn rows(history: &History) -> Vec<LaneRow> {
    let changed = |lane: &&Lane| lane.events.iter().any(|event| event.what != What::Seen);
    let mut lanes: Vec<&Lane> = history.lanes.iter().filter(changed).collect();
    let key = |lane: &Lane| {
        let whole = lane.parent.as_ref().unwrap_or(&lane.id).name().to_owned();
        (whole, lane.parent.is_some(), lane.kind, lane.id.clone())
    };
    lanes.sort_by_cached_key(|lane| key(lane));
    lanes.into_iter().map(row).collect()
}

fn row(lane: &Lane) -> LaneRow {
    LaneRow {
        id: lane.id.clone(),
        name: visible(lane.id.name()).into_owned(),
        kind: kind_word(lane.kind),
        marks: lane.events.iter().map(mark).collect(),
    }
}

fn mark(event: &Event) -> LaneMark {
    let (deed, what) = match &event.what {
        What::Seen => (Deed::Seen, String::new()),
        What::Added => (Deed::Came, String::new()),
        What::Back => (Deed::Back, String::new()),
        What::Changed { attributes } => {
            (Deed::Changed, names(attributes.iter().map(|attribute| attribute.name.as_str())))
        }
        What::Renamed { from } => (Deed::Renamed, format!("from {}", visible(from.name()))),
        What::Dropped => (Deed::Went, String::new()),
    };
    LaneMark { point: event.point + 1, deed, what, order_unknown: event.order_unknown }
}

/// Attributes in words.
pub(super) fn names<'a>(all: impl Iterator<Item = &'a str>) -> String {
    all.map(attribute_word).collect::<Vec<_>>().join(", ")
}

/// The window of the rows that pass the filter.
pub(super) fn window(
    rows: &[LaneRow],
    points: usize,
    filter: &LaneFilter,
    find: Option<&Id>,
    (start, len): (usize, usize),
) -> Lanes {
    let wanted = filter.text.trim().to_lowercase();
    let shown: Vec<&LaneRow> = rows.iter().filter(|row| passes(row, &wanted, filter)).collect();
    let start = start.min(shown.len().saturating_sub(1));
    Lanes {
        total: shown.len(),
        objects: rows.len(),
        points,
        start,
        found: find.and_then(|id| shown.iter().position(|row| row.id == *id)),
        window: shown.into_iter().skip(start).take(len).cloned().collect(),
    }
}

fn passes(row: &LaneRow, wanted: &str, filter: &LaneFilter) -> bool {
    let there = |mark: &LaneMark| Some(mark.point) == filter.point && mark.deed != Deed::Seen;
    (wanted.is_empty()
        || row.name.to_lowercase().contains(wanted)
        || row.kind.to_lowercase().contains(wanted))
        && (filter.point.is_none() || row.marks.iter().any(there))
}
