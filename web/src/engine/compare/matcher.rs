//! Which objects pass the filters.

use std::collections::BTreeSet;

use pgparity_core::catalog::glob_matches;
use pgparity_core::model::Id;

use super::tree::NodeObject;
use crate::protocol::Filter;

/// A filter, taken apart once for all objects.
pub(super) struct Matcher<'q> {
    filter: &'q Filter,
    /// What nobody has looked at.
    unviewed: &'q BTreeSet<Id>,
    /// Words that must occur, in lower case.
    words: Vec<String>,
    /// What stood in quotes: it must occur as it is.
    exact: Vec<String>,
    /// Names that pass, and names that do not.
    globs: (Vec<&'q str>, Vec<&'q str>),
}

impl<'q> Matcher<'q> {
    /// The matcher of a filter.
    pub(super) fn new(filter: &'q Filter, unviewed: &'q BTreeSet<Id>) -> Matcher<'q> {
        let (words, exact) = terms(&filter.text);
        let (not, only): (Vec<&str>, Vec<&str>) =
            filter.glob.split_whitespace().partition(|glob| glob.starts_with('!'));
        let not = not.into_iter().map(|glob| glob.trim_start_matches('!')).collect();
        Matcher { filter, unviewed, words, exact, globs: (only, not) }
    }

    /// Whether an object passes.
    pub(super) fn passes(&self, object: &NodeObject) -> bool {
        let filter = self.filter;
        let by_status = if filter.status.is_empty() {
            object.status.differs()
        } else {
            filter.status.contains(&object.status)
        };
        by_status
            && (filter.kinds.is_empty() || filter.kinds.contains(object.kind))
            && (filter.schemas.is_empty() || filter.schemas.contains(&object.schema))
            && (filter.risks.is_empty()
                || object.risk.is_some_and(|risk| filter.risks.contains(&risk)))
            && (!filter.unviewed || self.unviewed.contains(&object.id))
            && self.words.iter().all(|word| object.search.contains(word.as_str()))
            && self.exact.iter().all(|text| object.id.name().contains(text.as_str()))
            && self.by_name(object.id.name())
    }

    fn by_name(&self, name: &str) -> bool {
        let (only, not) = &self.globs;
        (only.is_empty() || only.iter().any(|glob| glob_matches(glob, name)))
            && !not.iter().any(|glob| glob_matches(glob, name))
    }
}

/// The words of a search, in lower case, and what stands in quotes, as it is. A quote that is not
/// closed goes to the end.
pub(super) fn terms(text: &str) -> (Vec<String>, Vec<String>) {
    let (mut words, mut exact) = (Vec::new(), Vec::new());
    for (at, piece) in text.split('"').enumerate() {
        if at % 2 == 0 {
            words.extend(piece.to_lowercase().split_whitespace().map(str::to_owned));
        } else if !piece.is_empty() {
            exact.push(piece.to_owned());
        }
    }
    (words, exact)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Status;

    fn passes(filter: &Filter, name: &str) -> bool {
        let object = NodeObject {
            id: Id::from_sql("table", name),
            kind: "table",
            schema: "sales".to_owned(),
            status: Status::Changed,
            risk: None,
            search: name.to_lowercase(),
        };
        Matcher::new(filter, &BTreeSet::new()).passes(&object)
    }

    #[test]
    fn globs_let_in_and_keep_out() {
        let filter = Filter { glob: "sales.* !*_p20*".to_owned(), ..Filter::default() };
        assert!(passes(&filter, "sales.orders"));
        assert!(!passes(&filter, "sales.orders_p2026"));
        assert!(!passes(&filter, "public.orders"));
        let only_not = Filter { glob: "!*_p20*".to_owned(), ..Filter::default() };
        assert!(passes(&only_not, "public.orders"));
    }

    #[test]
    fn quotes_look_for_what_they_hold_as_it_is() {
        let text = |text: &str| Filter { text: text.to_owned(), ..Filter::default() };
        assert!(passes(&text("ORD sal"), "sales.orders"));
        assert!(!passes(&text("\"ORD\""), "sales.orders"));
        assert!(passes(&text("\"s.ord\""), "sales.orders"));
        assert_eq!(terms("a \"B c"), (vec!["a".to_owned()], vec!["B c".to_owned()]));
    }

    #[test]
    fn what_has_no_risk_or_was_seen_does_not_pass_where_that_is_asked() {
        let risk = Filter { risks: [crate::protocol::Risk::Safe].into(), ..Filter::default() };
        assert!(!passes(&risk, "sales.orders"));
        let unviewed = Filter { unviewed: true, ..Filter::default() };
        assert!(!passes(&unviewed, "sales.orders"));
    }
}
