//! Objects that differ in nothing but what somebody wants hidden, or wants to see alone.

use std::collections::BTreeSet;

use pgparity_core::diff::{Change, nothing_but};
use pgparity_core::model::Id;

use super::Compared;
use crate::protocol::{Alone, Filter};

/// What a filter hides by what differs, and what it shows alone.
#[derive(Default)]
pub(super) struct Kept {
    hidden: BTreeSet<Id>,
    /// `None` where everything else is shown too.
    shown: Option<BTreeSet<Id>>,
}

impl Kept {
    /// Whether an object passes.
    pub(super) fn passes(&self, id: &Id) -> bool {
        self.shown.as_ref().is_none_or(|shown| shown.contains(id)) && !self.hidden.contains(id)
    }

    /// What a filter does to changes.
    fn of(filter: &Filter, changes: &[&Change]) -> Kept {
        let found = |wanted: Alone| {
            let presets = filter.alone.iter().filter(|(_, alone)| **alone == wanted);
            let presets: Vec<_> = presets.map(|(preset, _)| *preset).collect();
            let some = !presets.is_empty();
            let nothing_but = nothing_but(presets);
            let found = changes.iter().filter(|change| nothing_but(change));
            some.then(|| found.map(|change| change.id.clone()).collect())
        };
        Kept { hidden: found(Alone::Hidden).unwrap_or_default(), shown: found(Alone::Shown) }
    }
}

impl Compared {
    /// What a filter does to what differs, and to what rules hide wholly.
    pub(super) fn kept(&self, filter: &Filter) -> Kept {
        if filter.alone.is_empty() {
            return Kept::default();
        }
        let hidden = self.unruled().changes.iter();
        let hidden = hidden.filter(|change| self.change(&change.id).is_none());
        Kept::of(filter, &self.drift.changes.iter().chain(hidden).collect::<Vec<_>>())
    }
}

#[cfg(test)]
mod tests {
    use pgparity_core::diff::{AttributeChange, ChangeKind, IgnorePreset};
    use pgparity_core::objects::Kind;
    use serde_json::Value;

    use super::*;

    fn change(name: &str, attributes: &[&str]) -> Change {
        let attribute = |name: &&str| AttributeChange {
            name: (*name).to_owned(),
            from: Value::Null,
            to: Value::Bool(true),
            white_space: false,
        };
        Change {
            id: Id::from_sql("table", name),
            kind: Kind::Table,
            schema: None,
            parent: None,
            name: name.to_owned(),
            change: ChangeKind::Alter,
            from_id: None,
            attributes: attributes.iter().map(attribute).collect(),
        }
    }

    /// Which of the tables pass; `equal` does not differ.
    fn passing(alone: &[(IgnorePreset, Alone)]) -> Vec<&'static str> {
        let changes = [
            change("both", &["comment", "owner"]),
            change("comment", &["comment"]),
            change("owner", &["owner"]),
            change("more", &["owner", "unlogged"]),
        ];
        let filter = Filter { alone: alone.iter().copied().collect(), ..Filter::default() };
        let kept = Kept::of(&filter, &changes.each_ref());
        let all = ["both", "comment", "owner", "more", "equal"];
        all.into_iter().filter(|name| kept.passes(&Id::from_sql("table", name))).collect()
    }

    #[test]
    fn what_differs_in_more_is_never_hidden() {
        let (comments, owners) = (IgnorePreset::Comments, IgnorePreset::Owners);
        assert_eq!(passing(&[]).len(), 5);
        assert_eq!(passing(&[(owners, Alone::Hidden)]), ["both", "comment", "more", "equal"]);
        let hidden = [(owners, Alone::Hidden), (comments, Alone::Hidden)];
        assert_eq!(passing(&hidden), ["more", "equal"]);
    }

    #[test]
    fn what_is_shown_alone_differs_in_nothing_else() {
        let (comments, owners) = (IgnorePreset::Comments, IgnorePreset::Owners);
        assert_eq!(passing(&[(owners, Alone::Shown)]), ["owner"]);
        let shown = [(owners, Alone::Shown), (comments, Alone::Shown)];
        assert_eq!(passing(&shown), ["both", "comment", "owner"]);
        let less = [(owners, Alone::Hidden), (comments, Alone::Shown)];
        assert_eq!(passing(&less), ["comment"]);
    }
}
