//! The comparison: drift, tree, rows, counts.

mod alone;
mod compared;
mod entries;
mod find;
mod flat;
mod groups;
mod matcher;
mod overview;
mod review;
mod risk;
mod rules;
mod same;
mod tree;
mod users;

use crate::protocol::{CompareAnswer, CompareAsk, Settings};

pub(super) use compared::Compared;
pub(super) use entries::{ById, Entry, status};

/// Answers a question about the comparison.
pub(super) fn answer(
    compared: &mut Compared,
    settings: &Settings,
    ask: &CompareAsk,
) -> CompareAnswer {
    match ask {
        CompareAsk::Overview => CompareAnswer::Overview(compared.overview()),
        CompareAsk::Rows { query, start, len } => {
            CompareAnswer::Rows(compared.rows(settings, query, *start, *len))
        }
        CompareAsk::Ahead { query, text, from } => {
            CompareAnswer::Ahead(compared.ahead(settings, query, text, *from))
        }
        CompareAsk::Find { text, len } => CompareAnswer::Found(compared.find(text, *len)),
        CompareAsk::Dangers { ids } => CompareAnswer::Dangers(compared.dangers(settings, ids)),
        CompareAsk::Progress { viewed } => CompareAnswer::Progress(compared.progress(viewed)),
    }
}
