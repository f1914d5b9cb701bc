//! The comparison: drift, tree, rows, counts.

mod compared;
mod flat;
mod index;
mod overview;
mod rules;
mod tree;

use crate::protocol::{CompareAnswer, CompareAsk};

pub(super) use compared::Compared;
pub(super) use tree::Entry;

/// Answers a question about the comparison.
pub(super) fn answer(compared: &mut Compared, ask: &CompareAsk) -> CompareAnswer {
    match ask {
        CompareAsk::Overview => CompareAnswer::Overview(compared.overview()),
        CompareAsk::Rows { query, start, len } => {
            CompareAnswer::Rows(compared.rows(query, *start, *len))
        }
    }
}
