//! The objects of a snapshot, to be found by kind and glob.

use std::collections::BTreeMap;

use crate::catalog::glob_matches;
use crate::model::Id;
use crate::objects::Kind;
use crate::snapshot::Snapshot;

/// A snapshot with the identities of its objects at hand.
pub(super) struct Catalog<'a> {
    pub(super) snapshot: &'a Snapshot,
    ids: BTreeMap<Kind, Vec<Id>>,
}

impl<'a> Catalog<'a> {
    pub(super) fn new(snapshot: &'a Snapshot) -> Catalog<'a> {
        let mut ids: BTreeMap<Kind, Vec<Id>> = BTreeMap::new();
        for object in snapshot.objects() {
            ids.entry(object.kind).or_default().push(object.id);
        }
        Catalog { snapshot, ids }
    }

    /// The objects of a kind whose qualified names match.
    pub(super) fn matching(&self, kind: Kind, glob: &str) -> Vec<&Id> {
        let glob = Glob::new(glob);
        let ids = self.ids.get(&kind).into_iter().flatten();
        ids.filter(|id| glob.matches(id.name())).collect()
    }
}

/// A glob that refuses most names by their beginning, or for what they lack.
pub(super) struct Glob<'a> {
    text: &'a str,
    /// What stands before the first wildcard.
    start: &'a str,
    /// The longest text between wildcards.
    longest: &'a str,
}

impl<'a> Glob<'a> {
    pub(super) fn new(text: &'a str) -> Glob<'a> {
        let mut texts = text.split(['*', '?']);
        let start = texts.next().unwrap_or_default();
        Glob { text, start, longest: texts.max_by_key(|text| text.len()).unwrap_or_default() }
    }

    pub(super) fn matches(&self, name: &str) -> bool {
        name.strip_prefix(self.start).is_some_and(|rest| {
            let glob = self.text.get(self.start.len()..).unwrap_or_default();
            match glob {
                "" => rest.is_empty(),
                "*" => true,
                _ => rest.contains(self.longest) && glob_matches(glob, rest),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_shortcut_matches_the_same(glob in "[ab.*?ü]{0,6}", name in "[ab.ü]{0,8}") {
            prop_assert_eq!(Glob::new(&glob).matches(&name), glob_matches(&glob, &name));
        }
    }
}
