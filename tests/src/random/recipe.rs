//! Which schemas a pair holds: choices by path, so that one thing can change and all else stays.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use fastrand::Rng;

use super::Scribe;

/// One of the two schemas of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// The state at the start.
    From,
    /// The state that a plan leads to.
    To,
}

/// A pair of schemas. Every choice has a path, `table:2/column:1`, and is drawn from the seed and
/// the path alone; on the side `To` those of changed paths are drawn anew. So both sides have most
/// things in common, and a pair can be made smaller without becoming another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipe {
    seed: u64,
    changed: BTreeSet<String>,
    removed: BTreeSet<String>,
}

impl Recipe {
    /// The pair of a seed, for servers of this version and later.
    ///
    /// A third of the pairs differ in a few choices, a third in many, a third in most.
    pub fn new(seed: u64, version: u32) -> Self {
        let mut recipe = Self { seed, changed: BTreeSet::new(), removed: BTreeSet::new() };
        let mut rng = recipe.rng("what changes", Side::From);
        let share = match rng.u32(0..3) {
            0 => 0.02,
            1 => 0.15,
            _ => 0.6,
        };
        // A choice may open others, which are there on one side only: those have a path as well.
        for _ in 0..2 {
            for side in [Side::From, Side::To] {
                for path in recipe.paths(side, version) {
                    let mut rng = recipe.rng(&format!("is changed: {path}"), Side::From);
                    if rng.f64() < share {
                        recipe.changed.insert(path);
                    }
                }
            }
        }
        recipe
    }

    /// The script that makes the schema of one side in an empty database.
    pub fn sql(&self, side: Side, version: u32) -> String {
        Scribe::new(self, side, version).write().0
    }

    /// How many choices differ between the sides.
    pub fn changes(&self) -> usize {
        self.changed.len()
    }

    fn paths(&self, side: Side, version: u32) -> BTreeSet<String> {
        Scribe::new(self, side, version).write().1
    }

    /// The source of what is chosen at a path.
    pub(super) fn rng(&self, path: &str, side: Side) -> Rng {
        let anew = side == Side::To && self.changed.contains(path);
        let mut hasher = DefaultHasher::new();
        (self.seed, path, anew).hash(&mut hasher);
        Rng::with_seed(hasher.finish())
    }

    /// True when nothing is to be made at a path, on either side.
    pub(super) fn is_removed(&self, path: &str) -> bool {
        self.removed.contains(path)
    }

    /// A pair that still fails in the same way, with as little in it as can be found.
    #[must_use]
    pub fn shrunk(self, version: u32, fails: impl Fn(&Self) -> bool) -> Self {
        let mut smallest = self;
        loop {
            let changed: Vec<String> = smallest.changed.iter().cloned().collect();
            let before = smallest.clone();
            smallest = smallest.without(&changed, &fails, |recipe, path| {
                recipe.changed.remove(path);
            });
            let mut paths = smallest.paths(Side::From, version);
            paths.extend(smallest.paths(Side::To, version));
            let present: Vec<String> =
                paths.into_iter().filter(|path| !smallest.removed.contains(path)).collect();
            smallest = smallest.without(&present, &fails, |recipe, path| {
                recipe.removed.insert(path.to_owned());
            });
            if smallest == before {
                return smallest;
            }
        }
    }

    /// Takes out halves, quarters, … of a list as long as the pair fails without them.
    fn without(
        &self,
        list: &[String],
        fails: &impl Fn(&Self) -> bool,
        take_out: impl Fn(&mut Self, &str),
    ) -> Self {
        let mut smallest = self.clone();
        let mut size = list.len().div_ceil(2);
        while size > 0 {
            for part in list.chunks(size) {
                let mut smaller = smallest.clone();
                for path in part {
                    take_out(&mut smaller, path);
                }
                if smaller != smallest && fails(&smaller) {
                    smallest = smaller;
                }
            }
            size = if size == 1 { 0 } else { size.div_ceil(2) };
        }
        smallest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_pair_again() {
        let (one, two) = (Recipe::new(7, 15), Recipe::new(7, 15));
        assert_eq!(one, two);
        assert_eq!(one.sql(Side::To, 15), two.sql(Side::To, 15));
        assert_ne!(one.sql(Side::From, 15), Recipe::new(8, 15).sql(Side::From, 15));
    }

    #[test]
    fn shrinking_keeps_what_fails_and_little_else() {
        let seed = (0..1000).find(|seed| Recipe::new(*seed, 15).changes() > 20).unwrap();
        let fails = |recipe: &Recipe| recipe.sql(Side::From, 15) != recipe.sql(Side::To, 15);
        let shrunk = Recipe::new(seed, 15).shrunk(15, fails);
        assert!(fails(&shrunk));
        assert_eq!(shrunk.changes(), 1);
    }
}
