//! Whole documents.

use pgparity_core::diff::Decisions;
use pgparity_core::plan::script;
use pgparity_core::report;

use super::compare::Compared;
use crate::protocol::{ExportAnswer, ExportAsk, Format, Settings};

/// Answers a question for a document.
pub(super) fn answer(
    compared: &mut Compared,
    settings: &Settings,
    ask: &ExportAsk,
) -> ExportAnswer {
    match ask {
        ExportAsk::Document { format } => ExportAnswer::Text(document(compared, settings, *format)),
    }
}

fn document(compared: &mut Compared, settings: &Settings, format: Format) -> String {
    let plan = compared.plan(settings).clone();
    let report = |compared: &Compared| report::build(compared.drift(), Some(&plan));
    match format {
        Format::Script => script(&plan),
        Format::Markdown => report::markdown(&report(compared)),
        Format::Json => report::json(&report(compared)),
        Format::Decisions => {
            let (from, to) = compared.sides();
            Decisions::between(from, to, compared.renames()).write()
        }
    }
}
