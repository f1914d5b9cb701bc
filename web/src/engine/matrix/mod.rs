//! All snapshots of the shelf at once: the variants of every object.

mod columns;
mod page;
mod summary;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use pgparity_core::diff::{DiffOptions, IgnorePreset, IgnoreRule};
use pgparity_core::snapshot::Snapshot;
use pgparity_core::variants::{VariantOptions, Variants, difference, variants};
use serde_json::Value;

use super::glyphs::visible;
use super::shelf::Shelf;
use super::words::attribute_word;
use crate::protocol::{
    MatrixAnswer, MatrixAsk, MatrixQuery, Response, SnapId, Stage, unique_names,
};

/// Values longer than that are not spelled out.
const SHORT: usize = 40;

/// The variants, made once for each shelf and reference, and the rows, once for each query.
#[derive(Default)]
pub(super) struct Matrix {
    made: Option<Made>,
    order: Option<(MatrixQuery, Vec<usize>)>,
}

/// The variants of some snapshots.
struct Made {
    ids: Vec<SnapId>,
    ignore: BTreeSet<IgnorePreset>,
    names: Vec<String>,
    reference: Option<usize>,
    found: Variants,
}

/// Answers a question about all snapshots, under the rules that are on.
pub(super) fn answer(
    matrix: &mut Matrix,
    shelf: &Shelf,
    ignore: &BTreeSet<IgnorePreset>,
    ask: &MatrixAsk,
) -> Response {
    match ask {
        MatrixAsk::Page { query, start, len, keep, window } => {
            matrix.make(shelf, ignore, query);
            match matrix.page(query, *start, *len, *keep, *window) {
                Some(page) => MatrixAnswer::Page(page).into(),
                None => Response::Nothing("Two snapshots are needed to compare.".to_owned()),
            }
        }
        MatrixAsk::Difference { id, base, of: of_id } => {
            let get = |wanted| shelf.all().find(|(id, _)| id == wanted).map(|(_, found)| found);
            match get(base).zip(get(of_id)) {
                Some((base, of)) => {
                    let options = DiffOptions { ignore: rules(ignore), ..DiffOptions::default() };
                    let change = difference(base, of, id, &options);
                    let attributes = change.map(|change| change.attributes).unwrap_or_default();
                    let words = attributes
                        .iter()
                        .map(|attribute| words(&attribute.name, &attribute.from, &attribute.to));
                    let (id, of_id) = (id.clone(), *of_id);
                    MatrixAnswer::Difference { id, of: of_id, words: words.collect() }.into()
                }
                None => Response::Nothing("One of the two snapshots is gone.".to_owned()),
            }
        }
    }
}

impl Matrix {
    /// What has to be done for another shelf.
    pub(super) fn stage(&self, shelf: &Shelf) -> Option<Stage> {
        let known = |made: &Made| made.ids.iter().copied().eq(shelf.all().map(|(id, _)| id));
        let snapshots = shelf.all().count();
        (!self.made.as_ref().is_some_and(known)).then_some(Stage::Following { snapshots })
    }

    /// Makes the variants, where they are not those of the shelf already.
    fn make(&mut self, shelf: &Shelf, ignore: &BTreeSet<IgnorePreset>, query: &MatrixQuery) {
        let ids: Vec<SnapId> = shelf.all().map(|(id, _)| id).collect();
        let kept = self.made.take().filter(|made| made.ids == ids);
        let named = || {
            let sides: Vec<_> = shelf.all().map(|(_, snapshot)| snapshot.side()).collect();
            let labels: Vec<_> = sides.iter().map(|side| visible(&side.label)).collect();
            unique_names(labels.iter().map(AsRef::as_ref))
        };
        let names = kept.as_ref().map_or_else(named, |made| made.names.clone());
        let reference = query.reference.as_ref();
        let reference = reference.and_then(|name| names.iter().position(|other| other == name));
        if let Some(made) =
            kept.filter(|made| made.reference == reference && made.ignore == *ignore)
        {
            self.made = Some(made);
            return;
        }
        self.order = None;
        let snapshots: Vec<&Snapshot> = shelf.all().map(|(_, snapshot)| &**snapshot).collect();
        if snapshots.len() > 1 {
            let options = VariantOptions { reference, ignore: rules(ignore) };
            let found = variants(&snapshots, &options);
            self.made = Some(Made { ids, ignore: ignore.clone(), names, reference, found });
        }
    }
}

fn rules(presets: &BTreeSet<IgnorePreset>) -> Vec<IgnoreRule> {
    presets.iter().flat_map(|preset| preset.rules()).collect()
}

/// An attribute with its two values, where they are short.
fn words(name: &str, base: &Value, of: &Value) -> String {
    let name = attribute_word(name);
    match (short(base), short(of)) {
        (Some(base), Some(of)) => format!("{name} {base} → {of}"),
        _ => name,
    }
}

fn short(value: &Value) -> Option<String> {
    let text = match value {
        Value::Null => "none".to_owned(),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::String(text) if text.is_empty() => "\"\"".to_owned(),
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Array(_) | Value::Object(_) => return None,
    };
    (text.chars().count() <= SHORT).then(|| visible(&text).into_owned())
}
