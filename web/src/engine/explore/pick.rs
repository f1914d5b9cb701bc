//! Which tables are drawn: never all of a large schema, and what is left out is said.

use std::collections::BTreeSet;

use pgparity_core::model::Id;
use pgparity_core::relations::Relations;
use pgparity_core::report::words::{counted, number};

use crate::engine::glyphs::visible;
use crate::protocol::{Columns, ExploreQuery};

/// The tables that are drawn, and what there is to say about them.
pub(super) struct Picked {
    /// Their places.
    pub tables: BTreeSet<usize>,
    /// In sentences.
    pub words: Vec<String>,
}

/// So many tables are drawn at most: the page is to stay light, and nobody reads more.
fn most(columns: Columns) -> usize {
    match columns {
        Columns::Names => 120,
        Columns::Keys => 80,
        Columns::All => 40,
    }
}

/// Picks the tables of a query. `around` is the table of the object in the middle.
pub(super) fn pick(graph: &Relations, query: &ExploreQuery, around: Option<usize>) -> Picked {
    let changed = graph.changed();
    let steps = counted(query.hops, "step");
    let name = |at: usize| visible(graph.tables[at].id.name()).into_owned();
    let (seeds, said) = match (around.or_else(|| middle(graph)), &query.around) {
        (None, _) => return Picked { tables: BTreeSet::new(), words: vec![nothing()] },
        _ if around.is_none() && !changed.is_empty() => {
            let many = counted(changed.len(), "table");
            let verb = if changed.len() == 1 { "differs" } else { "differ" };
            (changed, format!("{many} {verb}, drawn with what is {steps} away."))
        }
        (Some(at), Some(_)) if around.is_some() => {
            (BTreeSet::from([at]), format!("Drawn: {} and what is {steps} away.", name(at)))
        }
        (Some(at), wanted) => {
            let lost = wanted
                .as_ref()
                .map(|id| format!("{} is no table here and belongs to none. ", visible(id.name())));
            let most = format!(
                "Drawn: {}, which has the most relations, and what is {steps} away.",
                name(at)
            );
            (BTreeSet::from([at]), lost.unwrap_or_default() + &most)
        }
    };
    let limit = most(query.columns);
    let mut wanted = graph.around(&seeds, query.hops);
    let pinned: BTreeSet<usize> = query.pins.keys().filter_map(|id| graph.place(id)).collect();
    let apart = pinned.difference(&wanted).count();
    wanted.extend(&pinned);
    let tables = nearest(graph, &seeds, query.hops, limit, pinned);
    let mut words = vec![said];
    if apart > 0 {
        let stay = if apart == 1 { "stays" } else { "stay" };
        words.push(format!("{} that {stay} because pinned.", counted(apart, "table")));
    }
    if tables.len() < wanted.len() {
        let out = number(wanted.len() - tables.len());
        let by = if seeds.len() > limit { "by name" } else { "the farthest first" };
        words.push(format!(
            "At most {limit} tables are drawn at once: {out} of these are left out, {by}. \
             Choose an object and draw what is around it."
        ));
    }
    words.push(format!(
        "{} of {} drawn.",
        number(tables.len()),
        counted(graph.tables.len(), "table")
    ));
    Picked { tables, words }
}

fn nothing() -> String {
    "There is no table here.".to_owned()
}

/// The tables that are pinned, then those around the seeds, nearer ones first, then by name, up to a limit.
fn nearest(
    graph: &Relations,
    seeds: &BTreeSet<usize>,
    hops: usize,
    limit: usize,
    pinned: BTreeSet<usize>,
) -> BTreeSet<usize> {
    let mut found: BTreeSet<usize> = pinned.into_iter().take(limit).collect();
    for hop in 0..=hops {
        for at in graph.around(seeds, hop) {
            if found.len() < limit {
                found.insert(at);
            }
        }
    }
    found
}

/// The table with the most relations, the first of several.
fn middle(graph: &Relations) -> Option<usize> {
    let mut relations = vec![0_usize; graph.tables.len()];
    for edge in &graph.edges {
        relations[edge.from] += 1;
        relations[edge.to] += 1;
    }
    let most = relations.iter().enumerate().max_by_key(|(at, n)| (**n, std::cmp::Reverse(*at)));
    most.map(|(at, _)| at)
}

/// The table of the diagram that an object is, or belongs to.
pub(super) fn table_of(graph: &Relations, id: &Id) -> Option<usize> {
    let above = |id: &Id| {
        let parts = pgparity_core::sql::split_name(id.name());
        match parts.as_slice() {
            [schema, table, _] => Some(Id::new("table", &[schema, table])),
            _ => None,
        }
    };
    graph.place(id).or_else(|| graph.place(&above(id)?))
}
