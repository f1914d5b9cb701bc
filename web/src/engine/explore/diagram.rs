//! The diagram: the tables that were picked, each at its place, and the lines between them.

use std::collections::BTreeMap;

use pgparity_core::relations::{EdgeKind, Relations};
use pgparity_core::report::words::number;

use super::card::Sources;
use super::layout::{Size, layout};
use super::pick::Picked;
use super::wires::line;
use crate::engine::compare::status;
use crate::engine::glyphs::visible;
use crate::protocol::{Diagram, ExploreQuery, Status, Wire};

/// Room around everything: lines may leave the tables on either side.
const MARGIN: i32 = 56;
/// Farther than that nothing is put, so that the diagram keeps a size that can be drawn.
const FAR: i32 = 20_000;
/// So many lines are drawn at most.
const MOST_WIRES: usize = 400;

/// Draws what was picked.
pub(super) fn draw(
    sources: &Sources<'_>,
    graph: &Relations,
    picked: &Picked,
    query: &ExploreQuery,
) -> Diagram {
    let graph_shown = graph.only(&picked.tables);
    let mut cards: Vec<_> =
        graph_shown.tables.iter().map(|node| sources.card(node, query.columns)).collect();
    let sizes: Vec<Size> = cards
        .iter()
        .map(|card| Size { width: card.area.width, height: card.area.height })
        .collect();
    let edges: Vec<(usize, usize)> =
        graph_shown.edges.iter().map(|edge| (edge.from, edge.to)).collect();
    for (card, spot) in cards.iter_mut().zip(layout(&sizes, &edges)) {
        (card.area.x, card.area.y) = (spot.x + MARGIN, spot.y + MARGIN);
        // Its place among the others stays free: nothing else moves because of it.
        if let Some((x, y)) = query.pins.get(&card.id) {
            (card.area.x, card.area.y) = ((*x).clamp(0, FAR), (*y).clamp(0, FAR));
            card.pinned = true;
            card.words += ", pinned";
        }
    }
    let mut words = picked.words.clone();
    if graph_shown.edges.len() > MOST_WIRES {
        let out = number(graph_shown.edges.len() - MOST_WIRES);
        words.push(format!("At most {MOST_WIRES} lines are drawn at once: {out} are left out."));
    }
    let mut between: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let wires = graph_shown.edges.iter().take(MOST_WIRES).map(|edge| {
        let pair = (edge.from.min(edge.to), edge.from.max(edge.to));
        let nth = between.entry(pair).or_default();
        let line = line(cards[edge.from].area, cards[edge.to].area, *nth);
        *nth += 1;
        let status = edge.change.map_or(Status::Same, status);
        Wire {
            id: edge.id.clone(),
            from: edge.from,
            to: edge.to,
            words: format!("{}, {}", visible(edge.id.name()), status.word()),
            inherits: edge.kind == EdgeKind::Inherits,
            status,
            path: line.path,
            head: line.head,
            sign: status.differs().then_some(line.middle),
        }
    });
    let wires = wires.collect();
    let edge = |far: fn(&crate::protocol::Area) -> i32| {
        cards.iter().map(|card| far(&card.area)).max().unwrap_or(0) + MARGIN
    };
    let (width, height) = (edge(|area| area.x + area.width), edge(|area| area.y + area.height));
    Diagram { words, tables: graph.tables.len(), width, height, cards, wires }
}
