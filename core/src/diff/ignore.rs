//! Differences that somebody does not want to see. They are counted, never silently gone.

use std::cell::RefCell;

use serde::{Deserialize, Serialize};

use super::{AttributeChange, Ignored};
use crate::catalog::glob_matches;
use crate::model::Id;
use crate::objects::Kind;

/// A rule; every part that is given must match.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct IgnoreRule {
    /// Objects of this kind only.
    pub kind: Option<Kind>,
    /// Objects whose qualified name matches this glob only.
    pub identity: Option<String>,
    /// This attribute only; without it the whole object.
    pub attribute: Option<String>,
    /// Differences in white space alone only.
    pub white_space: bool,
}

impl IgnoreRule {
    /// The rule in words.
    pub(crate) fn text(&self) -> String {
        let space = if self.white_space { "white space in " } else { "" };
        let what = self.attribute.as_deref().unwrap_or("everything");
        let kind = self.kind.map_or("any object", Kind::as_str);
        let name = self.identity.as_deref().unwrap_or("*");
        format!("{space}{what} of {kind} {name}")
    }

    /// True when it hides an object as a whole.
    pub(crate) fn hides(&self, kind: Kind, id: &Id) -> bool {
        self.attribute.is_none() && !self.white_space && self.covers(kind, id)
    }

    fn covers(&self, kind: Kind, id: &Id) -> bool {
        self.kind.is_none_or(|wanted| wanted == kind)
            && self.identity.as_deref().is_none_or(|glob| glob_matches(glob, id.name()))
    }

    /// True when it leaves out one attribute.
    pub(super) fn covers_attribute(&self, kind: Kind, id: &Id, change: &AttributeChange) -> bool {
        self.attribute.as_deref().is_none_or(|wanted| wanted == change.name)
            && (!self.white_space || change.white_space)
            && self.covers(kind, id)
    }
}

/// Applies the rules and counts.
pub(super) struct Ignorer<'r> {
    rules: &'r [IgnoreRule],
    counts: RefCell<Vec<usize>>,
}

impl<'r> Ignorer<'r> {
    pub(super) fn new(rules: &'r [IgnoreRule]) -> Self {
        Ignorer { rules, counts: RefCell::new(vec![0; rules.len()]) }
    }

    /// True when a whole object is hidden.
    pub(super) fn whole(&self, kind: Kind, id: &Id) -> bool {
        self.first(|rule| rule.hides(kind, id))
    }

    /// True when one attribute is hidden.
    pub(super) fn attribute(&self, kind: Kind, id: &Id, change: &AttributeChange) -> bool {
        self.first(|rule| rule.covers_attribute(kind, id, change))
    }

    fn first(&self, covers: impl Fn(&IgnoreRule) -> bool) -> bool {
        let Some(at) = self.rules.iter().position(covers) else { return false };
        if let Some(count) = self.counts.borrow_mut().get_mut(at) {
            *count += 1;
        }
        true
    }

    pub(super) fn counts(&self) -> Vec<Ignored> {
        let counts = self.counts.borrow();
        self.rules
            .iter()
            .zip(counts.iter())
            .map(|(rule, count)| Ignored { rule: rule.text(), count: *count })
            .collect()
    }
}
