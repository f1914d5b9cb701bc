//! The sections of the Markdown report.

use super::escape::{code, preformatted, prose};
use super::line_diff::Line;
use super::markdown_fit::{Block, Section};
use super::model::{Entry, Finding, ObjectReport, PartsReport, PlanReport, Report, StepReport};
use super::values::{Shown, shown};
use super::words::{counted, kind_word, kinds, number};
use crate::diff::{AttributeChange, Note};
use crate::sql::quote_ident;

/// Lines of one difference of a long text.
const DIFF_LINES: usize = 60;

/// What differs, schema by schema.
pub(super) fn differences(report: &Report) -> Section {
    let mut section = Section::list("### Differences", "object");
    for schema in &report.schemas {
        let group = match &schema.schema {
            Some(name) => format!("\n#### Schema {}\n\n", code(&quote_ident(name))),
            None => "\n#### Outside of schemas\n\n".to_owned(),
        };
        for object in &schema.objects {
            let (full, brief) = one_object(object, &report.seen(object));
            section.blocks.push(Block { group: group.clone(), full, brief: Some(brief) });
        }
    }
    section
}

/// An object with all of its differences, and in one line.
fn one_object(object: &ObjectReport, seen: &str) -> (String, String) {
    let title = format!("{}: {}{seen}", code(&object.name), headline(object));
    let (mut list, mut long) = (String::new(), String::new());
    if let Some(own) = &object.own {
        for change in &own.attributes {
            attribute("", "", change, &mut list, &mut long);
        }
    }
    for parts in &object.parts {
        part(parts, &mut list, &mut long);
    }
    let brief = format!("- {title} (details left out)\n\n");
    if list.is_empty() && long.is_empty() {
        return (format!("- {title}\n\n"), brief);
    }
    (format!("<details><summary>{title}</summary>\n\n{list}{long}\n</details>\n\n"), brief)
}

/// `table changed, 9 columns missing`.
fn headline(object: &ObjectReport) -> String {
    let own = object
        .own
        .iter()
        .map(|own| format!("{} {}{}", kind_word(&object.kind), own.finding.word(), old_name(own)));
    let parts = object.parts.iter().map(|parts| {
        format!("{} {}", kinds(parts.entries.len(), parts.kind), parts.finding.word())
    });
    own.chain(parts).collect::<Vec<_>>().join(", ")
}

fn old_name(entry: &Entry) -> String {
    entry.from_id.as_ref().map_or_else(String::new, |id| format!(", in From {}", code(id.name())))
}

fn part(parts: &PartsReport, list: &mut String, long: &mut String) {
    match parts.finding {
        Finding::Missing | Finding::Extra => {
            let names: Vec<String> =
                parts.entries.iter().map(|entry| code(&quote_ident(&entry.name))).collect();
            list.push_str(&format!(
                "- {} {}: {}\n",
                kinds(names.len(), parts.kind),
                parts.finding.word(),
                names.join(", ")
            ));
        }
        Finding::Changed | Finding::Renamed => {
            for entry in &parts.entries {
                let name = format!(
                    "{} {}",
                    kind_word(parts.kind.as_str()),
                    code(&quote_ident(&entry.name))
                );
                list.push_str(&format!("- {name} {}{}\n", parts.finding.word(), old_name(entry)));
                for change in &entry.attributes {
                    attribute("  ", &format!("{name}, "), change, list, long);
                }
            }
        }
    }
}

/// Short values go to the list; a difference of lines goes behind it.
fn attribute(
    indent: &str,
    owner: &str,
    change: &AttributeChange,
    list: &mut String,
    long: &mut String,
) {
    let name = code(&change.name);
    match shown(change, DIFF_LINES) {
        Shown::Short { from, to } => {
            list.push_str(&format!("{indent}- {name}: {} → {}\n", code(&from), code(&to)));
        }
        Shown::Long(lines) => {
            let lines: String = lines.iter().map(diff_line).collect();
            long.push_str(&format!("\n{owner}{name}:\n\n<pre lang=\"diff\">\n{lines}</pre>\n"));
        }
    }
}

fn diff_line(line: &Line) -> String {
    format!("{} {}\n", line.mark.sign(), preformatted(&line.text))
}

/// Pairs that may be renames.
pub(super) fn candidates(report: &Report) -> Section {
    let mut section =
        Section::list("### May be renames; nothing is one until somebody decides", "pair");
    for candidate in &report.rename_candidates {
        let evidence: Vec<String> = candidate.evidence.iter().map(|text| prose(text)).collect();
        section.add(format!(
            "- {} {} → {}, score {} of 100: {}\n",
            kind_word(candidate.kind.as_str()),
            code(candidate.from.name()),
            code(candidate.to.name()),
            candidate.score,
            evidence.join("; ")
        ));
    }
    section
}

/// Notes under a heading.
pub(super) fn notes(heading: &str, notes: &[Note]) -> Section {
    let mut section = Section::list(&format!("### {heading}"), "note");
    for note in notes {
        section.add(format!("- {}\n", prose(&note.message)));
    }
    section
}

/// The table of steps.
pub(super) fn steps(plan: &PlanReport) -> Section {
    let mut section = Section::folded(
        &format!("Plan: {}", counted(plan.steps.len(), "step")),
        "| # | statement | object | lock | hazards |\n|--:|---|---|---|---|\n",
        "step",
    );
    for step in &plan.steps {
        section.add(format!(
            "| {} | {} | {} | {} | {} |\n",
            number(step.number),
            statement(step),
            code(step.object.name()),
            step.lock_in_words.as_deref().map(prose).unwrap_or_default(),
            hazards(step)
        ));
    }
    section
}

fn statement(step: &StepReport) -> String {
    let mut cell = prose(&step.verb);
    if step.withheld_because.is_some() {
        cell.push_str("<br>(withheld)");
    } else if step.transaction.is_none() {
        cell.push_str("<br>(outside of a transaction)");
    }
    cell
}

fn hazards(step: &StepReport) -> String {
    let notes = step.hazards.iter().map(|note| {
        let name = code(note.hazard.name());
        match note.beside(step.lock.as_ref()) {
            Some(message) => format!("{name}: {}", prose(message)),
            None => name,
        }
    });
    let back = step.reversible.why_not(&step.hazards);
    let back = back.map(|why| format!("cannot be taken back: {}", prose(why)));
    notes.chain(back).collect::<Vec<_>>().join("<br>")
}

/// The steps that are not in the script, and why.
pub(super) fn withheld(plan: &PlanReport) -> Section {
    let mut section = Section::list("### Withheld from the script", "step");
    for step in &plan.steps {
        let Some(why) = &step.withheld_because else { continue };
        section.add(format!(
            "- {}\\. {} {}: {}\n",
            number(step.number),
            prose(&step.verb),
            code(step.object.name()),
            prose(why)
        ));
    }
    section
}

/// The queries to run before the plan.
pub(super) fn checks(plan: &PlanReport) -> Section {
    let summary = format!(
        "{} to run before the plan; no row means all is well",
        counted(plan.pre_checks.len(), "query")
    );
    let mut section = Section::folded(&summary, "", "query");
    for check in &plan.pre_checks {
        let title = format!("Step {}: {}\n\n", number(check.step), prose(&check.title));
        let sql = check.sql.as_ref().map(|sql| {
            let lines: Vec<String> = sql.lines().map(preformatted).collect();
            format!("<pre lang=\"sql\">\n{}\n</pre>\n\n", lines.join("\n"))
        });
        section.add(title + &sql.unwrap_or_default());
    }
    section
}
