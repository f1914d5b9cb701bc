//! Whole documents.

use pgparity_core::diff::{Decisions, diff};
use pgparity_core::plan::{Plan, ScriptOptions, post_check_script, pre_check_script, script_with};
use pgparity_core::report;

use super::compare::Compared;
use super::plan::of_way;
use crate::protocol::{ExportAnswer, ExportAsk, Format, Settings, Way};

/// Answers a question for a document.
pub(super) fn answer(
    compared: &mut Compared,
    settings: &Settings,
    ask: &ExportAsk,
) -> ExportAnswer {
    ExportAnswer::Text(match ask {
        ExportAsk::Document { format, way } => document(compared, settings, *format, *way),
        ExportAsk::PostCheck { way, at } => {
            let check = of_way(compared, settings, *way).post_checks.get(*at);
            check.map(|check| check.sql.clone()).unwrap_or_default()
        }
        ExportAsk::Transaction { way, number } => {
            let mut plan = of_way(compared, settings, *way).clone();
            plan.steps.retain(|step| step.transaction == Some(*number));
            plan.notes.clear();
            script_with(&plan, writing(settings))
        }
    })
}

/// How scripts are written.
fn writing(settings: &Settings) -> ScriptOptions {
    ScriptOptions { lock_timeout: settings.lock_timeout }
}

fn document(compared: &mut Compared, settings: &Settings, format: Format, way: Way) -> String {
    match format {
        Format::Script => script_with(of_way(compared, settings, way), writing(settings)),
        Format::PreChecks => pre_check_script(of_way(compared, settings, way)),
        Format::PostChecks => post_check_script(of_way(compared, settings, way)),
        Format::Markdown => report::markdown(&told(compared, settings, way)),
        Format::Json => report::json(&told(compared, settings, way)),
        Format::Decisions => {
            let (from, to) = compared.sides();
            Decisions::between(from, to, compared.renames()).write()
        }
    }
}

/// Drift and plan of one way.
fn told(compared: &mut Compared, settings: &Settings, way: Way) -> report::Report {
    let plan: Plan = of_way(compared, settings, way).clone();
    match way {
        Way::There => report::build(compared.drift(), Some(&plan)),
        Way::Back => {
            let (from, to) = compared.sides();
            report::build(&diff(to, from, &compared.comparing().reversed()), Some(&plan))
        }
    }
}
