//! Blame: which snapshot brought an object and each of its parts.

use pgparity_core::history::{Blame, History, Mark};
use pgparity_core::model::Id;

use super::lanes::names;
use crate::engine::glyphs::visible;
use crate::engine::kind_word;
use crate::protocol::{BlameLine, Blamed, Deed, LaneMark};

/// Who brought an object and its parts; of a part, the same as of what it belongs to.
pub(super) fn blame(history: &History, id: &Id) -> Option<Blamed> {
    let lane = history.lane(id)?;
    let whole = lane.parent.as_ref().and_then(|parent| history.lane(parent)).unwrap_or(lane);
    let lines = history.blame(&whole.id).iter().map(|blame| line(history, blame)).collect();
    let said = history.steps.iter().flat_map(|step| {
        let between = format!("Between {} and {}: ", step.to, step.to + 1);
        step.remarks().into_iter().map(move |gap| format!("{between}{gap}"))
    });
    Some(Blamed {
        id: whole.id.clone(),
        title: visible(whole.id.name()).into_owned(),
        kind: kind_word(whole.kind),
        lines,
        gaps: said.collect(),
    })
}

fn line(history: &History, blame: &Blame) -> BlameLine {
    let name = history.lane(&blame.id).map_or_else(|| blame.id.name(), |lane| lane.name.as_str());
    let deed = if blame.before { Deed::Seen } else { Deed::Came };
    BlameLine {
        id: blame.id.clone(),
        name: visible(name).into_owned(),
        kind: kind_word(blame.kind),
        brought: marked(blame.brought, deed, String::new()),
        changed: blame.changed.as_ref().map(|(mark, attributes)| {
            marked(*mark, Deed::Changed, names(attributes.iter().map(String::as_str)))
        }),
        gone: blame.dropped.map(|mark| marked(mark, Deed::Went, String::new())),
    }
}

fn marked(mark: Mark, deed: Deed, what: String) -> LaneMark {
    LaneMark { point: mark.point + 1, deed, what, order_unknown: mark.order_unknown }
}
