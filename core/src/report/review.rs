//! What a report takes along from whoever looked at the comparison: their filters, ticks and notes.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::model::{Entry, ObjectReport, Report};
use super::words::{counted, number};
use crate::model::Id;

/// The filters that were in force, and whether the report follows them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Excerpt {
    /// The filters, in words.
    pub filters: Vec<String>,
    /// What they filter: `difference` or `step`.
    pub what: String,
    /// How many they hide.
    pub hidden: usize,
    /// Of how many.
    pub of: usize,
    /// What they hide is not in the report.
    pub only_shown: bool,
}

/// What reviewers left.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Review {
    /// The differences that were looked at.
    pub viewed: BTreeSet<Id>,
    /// How many differences there are, in the report or not.
    pub differences: usize,
    /// What they noted.
    pub notes: Vec<ReviewNote>,
}

/// A note on an object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ReviewNote {
    /// The object.
    pub object: Id,
    /// The note.
    pub text: String,
}

impl Excerpt {
    /// Whether the report is whole, and what was hidden.
    pub(super) fn sentence(&self) -> String {
        if self.filters.is_empty() {
            return "The report is whole: no filter was set".to_owned();
        }
        let of = counted(self.of, &self.what);
        let hidden = format!("{} of {of}: {}", number(self.hidden), self.filters.join(", "));
        if self.only_shown {
            format!("The report is not whole. Filters keep out {hidden}")
        } else {
            format!("The report is whole. In the page, filters hid {hidden}")
        }
    }
}

impl Review {
    /// How much was looked at.
    pub(super) fn sentence(&self) -> String {
        let of = counted(self.differences, "difference");
        format!("{} of {of} viewed", number(self.viewed.len()))
    }
}

impl Report {
    /// Leaves out the differences that are not among these. The verdict and the totals stay those of
    /// the whole comparison, and so does the plan.
    pub fn keep_only(&mut self, shown: &BTreeSet<Id>) {
        let kept = |entry: &Entry| shown.contains(&entry.id);
        for schema in &mut self.schemas {
            for object in &mut schema.objects {
                object.own = object.own.take().filter(kept);
                for parts in &mut object.parts {
                    parts.entries.retain(kept);
                }
                object.parts.retain(|parts| !parts.entries.is_empty());
            }
            schema.objects.retain(|object| object.own.is_some() || !object.parts.is_empty());
        }
        self.schemas.retain(|schema| !schema.objects.is_empty());
    }

    /// Every difference in the report.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &Entry> {
        let objects = self.schemas.iter().flat_map(|schema| &schema.objects);
        objects.flat_map(ObjectReport::entries)
    }

    /// What the head of a report says of filters and of the review.
    pub(super) fn remarks(&self) -> Vec<String> {
        let excerpt = self.excerpt.iter().map(Excerpt::sentence);
        excerpt.chain(self.review.iter().map(Review::sentence)).collect()
    }

    /// Whether a difference was looked at; `None` without a review.
    pub(super) fn viewed(&self, id: &Id) -> Option<bool> {
        self.review.as_ref().map(|review| review.viewed.contains(id))
    }

    /// How much of an object was looked at, to stand behind what is said of it.
    pub(super) fn seen(&self, object: &ObjectReport) -> String {
        let Some(review) = &self.review else { return String::new() };
        let entries: Vec<&Entry> = object.entries().collect();
        let seen = entries.iter().filter(|entry| review.viewed.contains(&entry.id)).count();
        match seen {
            0 => String::new(),
            all if all == entries.len() => " (viewed)".to_owned(),
            some => format!(" ({} of {} viewed)", number(some), number(entries.len())),
        }
    }
}

impl ObjectReport {
    /// Its own difference and those of its parts.
    fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.own.iter().chain(self.parts.iter().flat_map(|parts| &parts.entries))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{build, csv, html, json, markdown, samples, text};
    use super::*;
    use crate::report::Style;

    fn email() -> Id {
        "column:public.customers.email".into()
    }

    fn reviewed() -> Report {
        let mut report = build(&samples::drift(), Some(&samples::plan()));
        report.excerpt = Some(Excerpt {
            filters: vec!["search =1+1".to_owned(), "schema <b>".to_owned()],
            what: "difference".to_owned(),
            hidden: 6,
            of: 7,
            only_shown: false,
        });
        report.review = Some(Review {
            viewed: [email()].into(),
            differences: 7,
            notes: vec![ReviewNote { object: email(), text: "=ask Ann\n<i>now</i>".to_owned() }],
        });
        report
    }

    #[test]
    fn every_form_tells_filters_ticks_and_notes() {
        let report = reviewed();
        for form in [csv, html, markdown, |report: &Report| text(report, Style::Plain)] {
            let told = form(&report);
            for part in ["6 of 7 differences", "1 of 7 differences viewed", "ask Ann"] {
                assert!(told.contains(part), "{part} in {told}");
            }
            assert!(!told.contains("<i>now") || !told.contains("<html"), "{told}");
        }
        for form in [csv, html, markdown, json] {
            assert!(form(&report).contains("pgparity 0"));
        }
        let read: Report = serde_json::from_str(&json(&report)).unwrap_or_else(|_| unreachable!());
        assert_eq!(read, report);
        assert!(html(&report).contains("of 4 viewed)</summary>"), "{}", html(&report));
        assert!(csv(&report).contains(",yes,\"'=ask Ann\n<i>now</i>\",\r\n"), "{}", csv(&report));
    }

    #[test]
    fn an_excerpt_says_so_and_keeps_the_totals() {
        let mut report = reviewed();
        let whole = report.clone();
        report.keep_only(&[email()].into());
        if let Some(excerpt) = &mut report.excerpt {
            excerpt.only_shown = true;
        }
        let page = html(&report);
        assert!(page.contains("The report is not whole. Filters keep out 6 of 7 differences"));
        assert!(page.contains("column <code><bdi>email</bdi></code>"), "{page}");
        assert!(!page.contains("date_of_birth"));
        assert_eq!((&report.verdict, &report.totals), (&whole.verdict, &whole.totals));
        let none = Excerpt::default().sentence();
        assert_eq!(none, "The report is whole: no filter was set");
    }
}
