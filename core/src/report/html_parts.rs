//! The two long parts of the HTML report: the differences and the plan.

use super::escape::{between_tags as text, preformatted};
use super::line_diff::{Line, Mark};
use super::model::{Entry, Finding, ObjectReport, PartsReport, PlanReport, Report, StepReport};
use super::values::{Shown, shown};
use super::words::{kind_word, kinds, number};
use crate::diff::AttributeChange;
use crate::sql::quote_ident;

/// Lines of one difference of a long text.
const DIFF_LINES: usize = 2_000;

/// A name: the direction of its letters stays within it.
pub(super) fn name(of: &str) -> String {
    format!("<bdi>{}</bdi>", text(of))
}

fn code(of: &str) -> String {
    format!("<code>{}</code>", name(of))
}

/// What differs, schema by schema.
pub(super) fn differences(report: &Report, out: &mut String) {
    if report.schemas.is_empty() {
        return;
    }
    out.push_str("<h2>Differences</h2>\n");
    for schema in &report.schemas {
        match &schema.schema {
            Some(of) => out.push_str(&format!("<h3>Schema {}</h3>\n", code(&quote_ident(of)))),
            None => out.push_str("<h3>Outside of schemas</h3>\n"),
        }
        for object in &schema.objects {
            one_object(object, &report.seen(object), out);
        }
    }
}

fn one_object(object: &ObjectReport, seen: &str, out: &mut String) {
    let own = object.own.iter().map(|own| {
        let (sign, word) = (own.finding.sign(), own.finding.word());
        format!("{} {} {word}{}", text(&sign.to_string()), kind_word(&object.kind), old_name(own))
    });
    let parts = object.parts.iter().map(|parts| {
        let sign = text(&parts.finding.sign().to_string());
        format!("{sign} {} {}", kinds(parts.entries.len(), parts.kind), parts.finding.word())
    });
    let title = own.chain(parts).collect::<Vec<_>>().join(", ");
    let title = format!("{}: {title}{seen}", code(&object.name));
    let mut inner = String::new();
    if let Some(own) = &object.own {
        attributes(&own.attributes, &mut inner);
    }
    for parts in &object.parts {
        one_part(parts, &mut inner);
    }
    if inner.is_empty() {
        out.push_str(&format!("<p>{title}</p>\n"));
    } else {
        out.push_str(&format!("<details>\n<summary>{title}</summary>\n{inner}</details>\n"));
    }
}

fn old_name(entry: &Entry) -> String {
    entry.from_id.as_ref().map_or_else(String::new, |id| format!(", in From {}", code(id.name())))
}

fn one_part(parts: &PartsReport, out: &mut String) {
    match parts.finding {
        Finding::Missing | Finding::Extra => {
            let names: Vec<String> =
                parts.entries.iter().map(|entry| code(&quote_ident(&entry.name))).collect();
            out.push_str(&format!(
                "<p>{} {} {}: {}</p>\n",
                text(&parts.finding.sign().to_string()),
                kinds(names.len(), parts.kind),
                parts.finding.word(),
                names.join(", ")
            ));
        }
        Finding::Changed | Finding::Renamed => {
            for entry in &parts.entries {
                out.push_str(&format!(
                    "<p>{} {} {} {}{}</p>\n",
                    text(&parts.finding.sign().to_string()),
                    kind_word(parts.kind.as_str()),
                    code(&quote_ident(&entry.name)),
                    parts.finding.word(),
                    old_name(entry)
                ));
                attributes(&entry.attributes, out);
            }
        }
    }
}

fn attributes(changes: &[AttributeChange], out: &mut String) {
    if changes.is_empty() {
        return;
    }
    out.push_str("<ul>\n");
    for change in changes {
        let of = text(&change.name);
        match shown(change, DIFF_LINES) {
            Shown::Short { from, to } => {
                out.push_str(&format!("<li>{of}: {} → {}</li>\n", code(&from), code(&to)));
            }
            Shown::Long(lines) => {
                let lines: String = lines.iter().map(diff_line).collect();
                out.push_str(&format!("<li>{of}:\n<pre>{lines}</pre>\n</li>\n"));
            }
        }
    }
    out.push_str("</ul>\n");
}

/// Lines that went or came are blocks, which end by themselves.
fn diff_line(line: &Line) -> String {
    let of = format!("{} {}", line.mark.sign(), preformatted(&line.text));
    match line.mark {
        Mark::Same => format!("{of}\n"),
        Mark::Removed => format!("<del>{of}</del>"),
        Mark::Added => format!("<ins>{of}</ins>"),
        Mark::Remark => format!("<span class=\"remark\">{of}</span>"),
    }
}

/// The plan: its steps, with what is not in the script and why, and what to check before.
pub(super) fn plan(plan: &PlanReport, out: &mut String) {
    out.push_str(&format!("<h2>Plan: {}</h2>\n", text(&plan.verdict.summary)));
    for step in &plan.steps {
        one_step(step, out);
    }
    if plan.pre_checks.is_empty() {
        return;
    }
    out.push_str(
        "<h2>To check before the plan runs: each query returns no row when all is well</h2>\n<ul>\n",
    );
    for check in &plan.pre_checks {
        out.push_str(&format!("<li>Step {}: {}", number(check.step), text(&check.title)));
        if let Some(sql) = &check.sql {
            statement(sql, out);
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ul>\n");
}

fn one_step(step: &StepReport, out: &mut String) {
    let withheld = if step.withheld_because.is_some() { " (withheld)" } else { "" };
    let hazards: Vec<String> = step
        .hazards
        .iter()
        .map(|note| format!(" <span class=\"hazard\">{}</span>", note.hazard))
        .collect();
    out.push_str(&format!(
        "<details>\n<summary>{}. {} {}{withheld}{}</summary>\n",
        number(step.number),
        text(&step.verb),
        code(step.object.name()),
        hazards.concat()
    ));
    let mut line = |of: &str| out.push_str(&format!("<p>{}</p>\n", text(of)));
    if let Some(why) = &step.withheld_because {
        line(&format!("Not in the script: {why}"));
    } else if step.transaction.is_none() {
        line("Outside of a transaction");
    }
    if let Some(lock) = &step.lock_in_words {
        line(lock);
    }
    for note in &step.hazards {
        if let Some(message) = note.beside(step.lock.as_ref()) {
            line(&format!("{}: {message}", note.hazard));
        }
    }
    if let Some(why) = step.reversible.why_not(&step.hazards) {
        line(&format!("Cannot be taken back: {why}"));
    }
    statement(&format!("{};", step.sql), out);
    out.push_str("</details>\n");
}

fn statement(sql: &str, out: &mut String) {
    let lines: Vec<String> = sql.lines().map(preformatted).collect();
    out.push_str(&format!("<pre>{}</pre>\n", lines.join("\n")));
}
