//! Finding an object by a piece of its name, or of its definition.

use pgparity_core::model::Id;

use super::Compared;
use super::entries::Entry;
use crate::engine::glyphs::visible;
use crate::engine::kind_word;
use crate::protocol::{Found, Hit};

/// Shorter texts are not looked for in definitions: nearly all contain them.
const SHORTEST: usize = 3;

impl Compared {
    /// The objects that a text names best, then those whose definition contains it.
    pub(super) fn find(&self, text: &str, len: usize) -> Found {
        let wanted = text.trim().trim_matches('"').to_lowercase();
        if wanted.is_empty() {
            return Found::default();
        }
        let exact = text.trim().starts_with('"');
        let mut named: Vec<(u32, &Entry)> = self
            .entries
            .all()
            .values()
            .filter_map(|entry| {
                let rank =
                    rank(&wanted, &entry.name.to_lowercase(), &entry.id.name().to_lowercase())?;
                (!exact || rank < LOOSE).then_some((rank, entry))
            })
            .collect();
        named.sort_by_key(|(rank, entry)| {
            (*rank, !entry.status.differs(), entry.id.name().len(), &entry.id)
        });
        let hit = |entry: &Entry, in_definition: bool| Hit {
            id: entry.id.clone(),
            name: visible(entry.id.name()).into_owned(),
            kind: kind_word(entry.kind),
            status: entry.status,
            in_definition,
        };
        let mut hits: Vec<Hit> =
            named.iter().take(len).map(|(_, entry)| hit(entry, false)).collect();
        let mut within: Vec<Hit> = Vec::new();
        let mut in_definitions = 0;
        if wanted.chars().count() >= SHORTEST {
            for (id, definition) in self.definitions() {
                let Some(entry) = self.entries.get(id).filter(|_| definition.contains(&wanted))
                else {
                    continue;
                };
                in_definitions += 1;
                if within.len() < len && !hits.iter().any(|other| other.id == entry.id) {
                    within.push(hit(entry, true));
                }
            }
        }
        // However many are named like that, some of those that contain it can be gone to.
        hits.truncate(len.saturating_sub(within.len().min(len / 4)));
        hits.extend(within);
        hits.truncate(len);
        Found { hits, named: named.len(), in_definitions }
    }

    /// The definitions of both sides in lower case, made once.
    fn definitions(&self) -> &[(Id, String)] {
        self.definitions.get_or_init(|| {
            let text = |entry: &Entry| {
                let sides = [self.from.definition(&entry.id), self.to.definition(&entry.id)];
                let texts: Vec<String> = sides.into_iter().flatten().collect();
                (!texts.is_empty()).then(|| (entry.id.clone(), texts.join("\n").to_lowercase()))
            };
            self.entries.all().values().filter_map(text).collect()
        })
    }
}

/// From this rank on, only the letters occur in their order.
const LOOSE: u32 = 10;

/// How well a text names an object, 0 for best; all in lower case. `own` is the name without schema
/// and table.
fn rank(wanted: &str, own: &str, qualified: &str) -> Option<u32> {
    if own == wanted || qualified == wanted {
        Some(0)
    } else if own.starts_with(wanted) {
        Some(1)
    } else if own.contains(wanted) {
        Some(2)
    } else if qualified.contains(wanted) {
        Some(3)
    } else if wanted.contains(char::is_whitespace) {
        // Several words are looked for as they are, in definitions too.
        None
    } else if in_order(wanted, own) {
        Some(LOOSE)
    } else if in_order(wanted, qualified) {
        Some(LOOSE + 1)
    } else {
        None
    }
}

/// True when all letters occur in their order.
pub(super) fn in_order(wanted: &str, name: &str) -> bool {
    let mut rest = name.chars();
    wanted.chars().all(|c| rest.any(|other| other == c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_itself_is_best_and_letters_in_order_are_last() {
        let ranks: Vec<Option<u32>> = ["orders", "ord", "ders", "sales.o", "odr", "sod", "x"]
            .iter()
            .map(|wanted| rank(wanted, "orders", "sales.orders"))
            .collect();
        let expected = [Some(0), Some(1), Some(2), Some(3), Some(LOOSE), Some(LOOSE + 1), None];
        assert_eq!(ranks, expected);
    }
}
