//! Documents that are taken from the page: what is asked for, and how the file is called.

use pgparity_core::snapshot::Side;

use super::{App, Place};
use crate::protocol::{ExportAsk, Format, PlanFilter, PlanQuery, Subject, Taken, Way};

impl App {
    /// The question for a document of Compare or Plan.
    pub(crate) fn document(&self, format: Format, place: Place) -> ExportAsk {
        let review = &self.review;
        let (subject, filters) = if format == Format::Decisions {
            // Decisions are those of the way there.
            (Subject::Plan(PlanQuery::default()), Vec::new())
        } else if place == Place::Compare {
            let query = self.compare.tree_query(None, &review.viewed);
            let filters = query.filter.chips().into_iter().map(|chip| chip.label).collect();
            (Subject::Comparison { query, only_shown: self.compare.export_shown }, filters)
        } else {
            (Subject::Plan(self.plan.query.clone()), self.plan.query.filter.words())
        };
        let taken = Taken { filters, viewed: review.viewed.clone(), notes: review.notes.clone() };
        ExportAsk::Document { format, subject, taken }
    }

    /// The name of a file to download: what, from, to, when.
    pub(crate) fn file_name(&self, format: Format, place: Place, stamp: &str) -> String {
        let name = |side: &Option<Side>| {
            let label = side.as_ref().map_or("", |side| side.label.as_str());
            let plain = |c: char| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '-' };
            label.chars().take(60).map(plain).collect::<String>()
        };
        let (mut from, mut to) = (name(&self.shelf.sides.from), name(&self.shelf.sides.to));
        if place == Place::Plan && self.plan.query.way == Way::Back {
            std::mem::swap(&mut from, &mut to);
        }
        let stem = match (format, place) {
            (Format::Decisions, _) => "rename-decisions",
            (_, Place::Compare) => "schema-drift",
            _ => "schema-sync",
        };
        format!("{stem}-{from}-to-{to}-{stamp}.{}", format.extension())
    }

    /// What is said once a document of Compare or Plan is there.
    pub(crate) fn taken_words(&self, name: &str, place: Place) -> String {
        let only = place == Place::Compare
            && self.compare.export_shown
            && !self.compare.filter.is_default();
        let what = if only { ", only with what is shown" } else { "" };
        format!("{name} is downloaded{what}.")
    }
}

impl PlanFilter {
    /// What is set, in words.
    fn words(&self) -> Vec<String> {
        let text = Some(self.text.trim()).filter(|text| !text.is_empty());
        [
            text.map(|text| format!("search {text}")),
            self.verb.as_ref().map(|verb| format!("command {verb}")),
            self.hazard.map(|hazard| format!("hazard {}", hazard.name())),
            self.lock.map(|lock| format!("lock {}", lock.name())),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use pgparity_core::action::Hazard;
    use yew::Reducible;

    use super::*;
    use crate::protocol::Sides;
    use crate::state::{Action, CompareAction, FilterAction, PlanAction, ShelfAction};

    fn after(actions: impl IntoIterator<Item = Action>) -> App {
        let side = |label: &str| Some(Side { label: label.to_owned(), ..Side::default() });
        let sides = Sides { from: side("prod/eu"), to: side("dev"), ..Sides::default() };
        let mut app = Rc::new(App::default()).reduce(ShelfAction::Sides(sides).into());
        for action in actions {
            app = app.reduce(action);
        }
        (*app).clone()
    }

    #[test]
    fn a_download_says_what_it_is() {
        let name = |app: &App, place| app.file_name(Format::Script, place, "20260211T093012Z");
        let app = after([]);
        assert_eq!(name(&app, Place::Plan), "schema-sync-prod-eu-to-dev-20260211T093012Z.sql");
        let app = after([PlanAction::Way(Way::Back).into()]);
        assert_eq!(name(&app, Place::Plan), "schema-sync-dev-to-prod-eu-20260211T093012Z.sql");
        let drift = app.file_name(Format::Html, Place::Compare, "20260211T093012Z");
        assert_eq!(drift, "schema-drift-prod-eu-to-dev-20260211T093012Z.html");
    }

    #[test]
    fn a_document_names_the_filters_of_its_place() {
        let filter = PlanFilter {
            text: "t ".to_owned(),
            hazard: Some(Hazard::DataLoss),
            ..PlanFilter::default()
        };
        let app = after([
            FilterAction::Text("orders".into()).into(),
            CompareAction::ExportShown(true).into(),
            PlanAction::Filter(filter).into(),
        ]);
        let filters = |place| match app.document(Format::Json, place) {
            ExportAsk::Document { taken, .. } => taken.filters,
            _ => Vec::new(),
        };
        assert_eq!(filters(Place::Compare), ["search orders"]);
        assert_eq!(filters(Place::Plan), ["search t", "hazard DATA_LOSS"]);
        assert!(app.taken_words("x", Place::Compare).contains("only with what is shown"));
        assert_eq!(app.taken_words("x", Place::Plan), "x is downloaded.");
    }
}
