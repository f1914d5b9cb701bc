//! What a person should see at a glance, in sentences.

use std::collections::BTreeMap;

use pgparity_core::report::words::{counted, number};
use pgparity_core::variants::Variants;

/// The sentences. `names` are those of the snapshots.
pub(super) fn sentences(found: &Variants, names: &[String]) -> Vec<String> {
    let name = |at: usize| names.get(at).map_or("", String::as_str);
    let differing = found.snapshots.iter().map(|member| member.score).max().unwrap_or_default();
    let mut said = Vec::new();
    match found.groups.as_slice() {
        [_] => said.push(format!("All {} snapshots are equal.", few(names.len()))),
        [a, b] if a.snapshots.len() == 1 && b.snapshots.len() == 1 => {
            let (a, b) = (name(a.snapshots[0]), name(b.snapshots[0]));
            said.push(format!("{b} differs from {a} in {}.", counted(differing, "object")));
        }
        groups => {
            if let Some(odd) = found.odd_one_out() {
                let others = few(names.len() - 1);
                let objects = counted(differing, "object");
                said.push(format!("{} differs from the other {others} in {objects}.", name(odd)));
            } else {
                let all = few(names.len());
                let kinds = few(groups.len());
                said.push(format!("The {all} snapshots have {kinds} different schemas."));
                said.extend(oddest(found).map(|(odd, objects)| {
                    let objects = counted(objects, "object");
                    format!("In {objects} {} alone differs from all others.", name(odd))
                }));
            }
        }
    }
    said.push(match found.same {
        1 => "1 object is the same everywhere.".to_owned(),
        same => format!("{} objects are the same everywhere.", number(same)),
    });
    said
}

/// The snapshot that alone differs in most objects, and in how many.
fn oddest(found: &Variants) -> Option<(usize, usize)> {
    let mut odd: BTreeMap<usize, usize> = BTreeMap::new();
    for at in found.rows.iter().filter_map(|row| row.odd) {
        *odd.entry(at).or_default() += 1;
    }
    odd.into_iter().max_by_key(|(at, objects)| (*objects, std::cmp::Reverse(*at)))
}

/// A number, in a word where it is small.
fn few(n: usize) -> String {
    const WORDS: [&str; 8] = ["two", "three", "four", "five", "six", "seven", "eight", "nine"];
    let word = n.checked_sub(2).and_then(|at| WORDS.get(at));
    word.map_or_else(|| number(n), |word| (*word).to_owned())
}
