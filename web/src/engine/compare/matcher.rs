//! Which objects pass the filters.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use pgparity_core::catalog::glob_matches;
use pgparity_core::model::Id;

use regex_lite::{Regex, RegexBuilder};

use super::alone::Kept;
use super::find::in_order;
use super::tree::NodeObject;
use crate::protocol::Filter;

/// A filter, taken apart once for all objects.
pub(super) struct Matcher<'q> {
    filter: &'q Filter,
    /// What nobody has looked at.
    unviewed: &'q BTreeSet<Id>,
    kept: &'q Kept,
    search: &'q Search,
    /// Of words, only the letters must occur, in their order.
    loose: bool,
    /// Names that pass, and names that do not.
    globs: (Vec<&'q str>, Vec<&'q str>),
}

impl<'q> Matcher<'q> {
    /// The matcher of a filter and of the search in it.
    pub(super) fn new(
        filter: &'q Filter,
        search: &'q Search,
        unviewed: &'q BTreeSet<Id>,
        kept: &'q Kept,
    ) -> Matcher<'q> {
        let (not, only): (Vec<&str>, Vec<&str>) =
            filter.glob.split_whitespace().partition(|glob| glob.starts_with('!'));
        let not = not.into_iter().map(|glob| glob.trim_start_matches('!')).collect();
        Matcher { filter, unviewed, kept, search, loose: false, globs: (only, not) }
    }

    /// The same, content with the letters of each word in their order; `None` without words.
    pub(super) fn loosely(self) -> Option<Matcher<'q>> {
        (!self.search.words.is_empty()).then_some(Matcher { loose: true, ..self })
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
            && (filter.kinds.is_empty() || filter.kinds.contains(object.kind.as_str()))
            && (filter.schemas.is_empty() || filter.schemas.contains(&object.schema))
            && (filter.risks.is_empty()
                || object.risk.is_some_and(|risk| filter.risks.contains(&risk)))
            && (!filter.unviewed || self.unviewed.contains(&object.id))
            && self.kept.passes(&object.id)
            && self.by_search(object)
            && self.by_name(object.id.name())
    }

    fn by_search(&self, object: &NodeObject) -> bool {
        let (Search { words, exact, pattern }, name) = (self.search, object.id.name());
        let by_words = || {
            let lower = lower(name);
            let has = |word: &String| {
                if self.loose { in_order(word, &lower) } else { lower.contains(word.as_str()) }
            };
            words.iter().all(has)
        };
        (words.is_empty() || by_words())
            && exact.iter().all(|text| name.contains(text.as_str()))
            && pattern
                .as_ref()
                .is_none_or(|pattern| pattern.as_ref().is_ok_and(|pattern| pattern.is_match(name)))
    }

    fn by_name(&self, name: &str) -> bool {
        let (only, not) = &self.globs;
        (only.is_empty() || only.iter().any(|glob| glob_matches(glob, name)))
            && !not.iter().any(|glob| glob_matches(glob, name))
    }
}

/// A name in lower case, which most are.
pub(super) fn lower(name: &str) -> Cow<'_, str> {
    if name.is_ascii() && !name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Borrowed(name)
    } else {
        Cow::Owned(name.to_lowercase())
    }
}

/// What a search looks for.
#[derive(Debug, Default)]
pub(super) struct Search {
    /// Words that must occur, in lower case.
    pub words: Vec<String>,
    /// What stood in quotes: it must occur as it is.
    pub exact: Vec<String>,
    /// What stood between slashes, or what is wrong with it.
    pub pattern: Option<Result<Regex, String>>,
}

/// A pattern that needs more memory than that, in bytes, is refused.
const PATTERN_SIZE: usize = 1 << 20;

impl Search {
    /// Takes a search apart. A quote or a slash that is not closed goes to the end.
    pub(super) fn new(text: &str) -> Search {
        let mut search = Search::default();
        if let Some(pattern) = text.trim().strip_prefix('/') {
            let pattern = pattern.strip_suffix('/').unwrap_or(pattern);
            let built = RegexBuilder::new(pattern).size_limit(PATTERN_SIZE).build();
            search.pattern = Some(built.map_err(|error| error.to_string()));
            return search;
        }
        for (at, piece) in text.split('"').enumerate() {
            if at % 2 == 0 {
                let words = piece.to_lowercase();
                search.words.extend(words.split_whitespace().map(str::to_owned));
            } else if !piece.is_empty() {
                search.exact.push(piece.to_owned());
            }
        }
        search
    }

    /// What is wrong with the pattern.
    pub(super) fn problem(&self) -> Option<String> {
        self.pattern.as_ref()?.as_ref().err().cloned()
    }

    /// The places of a name that the search means.
    pub(super) fn places(&self, name: &str) -> Vec<Range<usize>> {
        let mut places = Vec::new();
        if let Some(Ok(pattern)) = &self.pattern {
            places.extend(pattern.find_iter(name).map(|found| found.range()));
        }
        let lower = name.to_lowercase();
        // Where lower case has another length than the name, positions do not carry over.
        if lower.len() == name.len() {
            for word in &self.words {
                places.extend(lower.match_indices(word).map(|(at, _)| at..at + word.len()));
            }
        }
        for text in &self.exact {
            places.extend(name.match_indices(text).map(|(at, _)| at..at + text.len()));
        }
        places
    }
}

#[cfg(test)]
mod tests {
    use pgparity_core::objects::Kind;

    use super::*;
    use crate::protocol::Status;

    fn passes(filter: &Filter, name: &str) -> bool {
        let object = NodeObject {
            id: Id::from_sql("table", name),
            kind: Kind::Table,
            schema: "sales".to_owned(),
            status: Status::Changed,
            risk: None,
        };
        let (search, kept) = (Search::new(&filter.text), Kept::default());
        Matcher::new(filter, &search, &BTreeSet::new(), &kept).passes(&object)
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
        assert!(passes(&text("straße ORD"), "sales.\"STRAßE Orders\""));
        assert!(!passes(&text("\"ORD\""), "sales.orders"));
        assert!(passes(&text("\"s.ord\""), "sales.orders"));
        let search = Search::new("a \"B c");
        assert_eq!((search.words, search.exact), (vec!["a".to_owned()], vec!["B c".to_owned()]));
    }

    #[test]
    fn slashes_hold_a_pattern() {
        let text = |text: &str| Filter { text: text.to_owned(), ..Filter::default() };
        assert!(passes(&text("/^sales\\.o.*s$/"), "sales.orders"));
        assert!(!passes(&text("/^orders/"), "sales.orders"));
        assert!(passes(&text("/ord"), "sales.orders"), "not closed yet");
        let bad = Search::new("/(/");
        assert!(bad.problem().is_some_and(|problem| !problem.is_empty()));
        assert!(!passes(&text("/(/"), "sales.orders"));
        assert_eq!(Search::new("/r+/").places("order"), [1..2, 4..5]);
        assert!(Search::new("/((a{1000}){1000}){1000}/").problem().is_some(), "too much");
    }

    #[test]
    fn a_pattern_costs_no_more_than_the_name_is_long() {
        let (name, search) = ("a".repeat(20_000), Search::new("/(a*)*b/"));
        assert!(search.places(&name).is_empty());
    }

    #[test]
    fn what_has_no_risk_or_was_seen_does_not_pass_where_that_is_asked() {
        let risk = Filter { risks: [crate::protocol::Risk::Safe].into(), ..Filter::default() };
        assert!(!passes(&risk, "sales.orders"));
        let unviewed = Filter { unviewed: true, ..Filter::default() };
        assert!(!passes(&unviewed, "sales.orders"));
    }
}
