//! The two long parts of the text report: the differences and the plan.

use super::line_diff::{Line, Mark};
use super::model::{Entry, Finding, ObjectReport, PartsReport, PlanReport, Report, StepReport};
use super::text::{colour, heading};
use super::text_lines::{Colour, Lines};
use super::values::{Shown, shown};
use super::words::{counted, kind_word, kinds, number};
use crate::diff::AttributeChange;
use crate::plan::Check;
use crate::sql::quote_ident;

/// Lines of one difference of a long text.
const DIFF_LINES: usize = 200;

/// What differs, schema by schema.
pub(crate) fn differences(report: &Report, lines: &mut Lines) {
    for schema in &report.schemas {
        match &schema.schema {
            Some(name) => heading(lines, &format!("Schema {}", quote_ident(name))),
            None => heading(lines, "Outside of schemas"),
        }
        for object in &schema.objects {
            one_object(object, lines);
        }
    }
}

fn one_object(object: &ObjectReport, lines: &mut Lines) {
    if let Some(own) = &object.own {
        let head = format!(
            "{} {}: {} {}",
            own.finding.sign(),
            object.name,
            kind_word(&object.kind),
            own.finding.word()
        );
        lines.put(2, Some(colour(own.finding)), &with_old_name(head, own));
        attributes(6, &own.attributes, lines);
    }
    for parts in &object.parts {
        match parts.finding {
            Finding::Missing | Finding::Extra => list(object, parts, lines),
            Finding::Changed | Finding::Renamed => {
                for entry in &parts.entries {
                    changed_part(object, parts, entry, lines);
                }
            }
        }
    }
}

/// `+ public.customers: 9 columns missing: date_of_birth, loyalty_tier`.
fn list(object: &ObjectReport, parts: &PartsReport, lines: &mut Lines) {
    let names: Vec<_> = parts.entries.iter().map(|entry| quote_ident(&entry.name)).collect();
    let text = format!(
        "{} {}: {} {}: {}",
        parts.finding.sign(),
        object.name,
        kinds(names.len(), parts.kind),
        parts.finding.word(),
        names.join(", ")
    );
    lines.put(2, Some(colour(parts.finding)), &text);
}

fn changed_part(object: &ObjectReport, parts: &PartsReport, entry: &Entry, lines: &mut Lines) {
    let text = format!(
        "{} {}: {} {} {}",
        parts.finding.sign(),
        object.name,
        kind_word(parts.kind.as_str()),
        quote_ident(&entry.name),
        parts.finding.word()
    );
    lines.put(2, Some(colour(parts.finding)), &with_old_name(text, entry));
    attributes(6, &entry.attributes, lines);
}

fn with_old_name(text: String, entry: &Entry) -> String {
    match &entry.from_id {
        Some(from) => format!("{text}, in From {}", from.name()),
        None => text,
    }
}

fn attributes(indent: usize, changes: &[AttributeChange], lines: &mut Lines) {
    for change in changes {
        match shown(change, DIFF_LINES) {
            Shown::Short { from, to } => {
                lines.put(indent, None, &format!("{}: {from} → {to}", change.name));
            }
            Shown::Long(diff) => {
                lines.put(indent, None, &format!("{}:", change.name));
                for line in &diff {
                    diff_line(indent + 2, line, lines);
                }
            }
        }
    }
}

fn diff_line(indent: usize, line: &Line, lines: &mut Lines) {
    let colour = match line.mark {
        Mark::Same => None,
        Mark::Removed => Some(Colour::Bad),
        Mark::Added => Some(Colour::Good),
        Mark::Remark => Some(Colour::Dim),
    };
    lines.put_code(indent, colour, &format!("{} {}", line.mark.sign(), line.text));
}

/// The plan: its steps, what is not in the script and why, what to check before.
pub(super) fn plan(plan: &PlanReport, lines: &mut Lines) {
    heading(lines, &format!("Plan: {}", plan.verdict.summary));
    let figures = plan.steps.last().map_or(1, |step| number(step.number).len());
    let verbs = plan.steps.iter().map(|step| step.verb.chars().count()).max().unwrap_or(0).min(40);
    for step in &plan.steps {
        one_step(step, figures, verbs, lines);
    }
    let withheld: Vec<&StepReport> =
        plan.steps.iter().filter(|step| step.withheld_because.is_some()).collect();
    if !withheld.is_empty() {
        heading(lines, &format!("Withheld: {} not in the script", counted(withheld.len(), "step")));
        for step in withheld {
            let why = step.withheld_because.as_deref().unwrap_or_default();
            let text = format!("{} {} {}: {why}", step.number, step.verb, step.object.name());
            lines.put(2, Some(Colour::Bad), &text);
        }
    }
    checks(&plan.pre_checks, lines);
    if !plan.notes.is_empty() {
        heading(lines, "Notes on the plan");
        for note in &plan.notes {
            lines.put(2, None, &format!("* {}", note.message));
        }
    }
}

fn one_step(step: &StepReport, figures: usize, verbs: usize, lines: &mut Lines) {
    let state = if step.withheld_because.is_some() { 'x' } else { ' ' };
    let number = number(step.number);
    let colour = step.withheld_because.as_ref().map(|_| Colour::Dim);
    let text = format!("{state} {number:>figures$}  {:<verbs$}  {}", step.verb, step.object.name());
    lines.put(0, colour, &text);
    let indent = figures + 4;
    if let Some(lock) = &step.lock_in_words {
        lines.put(indent, None, lock);
    }
    if step.transaction.is_none() && step.withheld_because.is_none() {
        lines.put(indent, None, "outside of a transaction");
    }
    for note in &step.hazards {
        let said = match note.beside(step.lock.as_ref()) {
            Some(message) => format!("{}: {message}", note.hazard),
            None => note.hazard.to_string(),
        };
        lines.put(indent, Some(Colour::Warning), &said);
    }
    if let Some(why) = step.reversible.why_not(&step.hazards) {
        lines.put(indent, Some(Colour::Warning), &format!("cannot be taken back: {why}"));
    }
}

fn checks(checks: &[Check], lines: &mut Lines) {
    if checks.is_empty() {
        return;
    }
    heading(lines, "To check before the plan runs: each query returns no row when all is well");
    for check in checks {
        lines.put(2, None, &format!("step {}: {}", check.step, check.title));
        for line in check.sql.iter().flat_map(|sql| sql.lines()) {
            lines.put_code(6, None, line);
        }
    }
}
