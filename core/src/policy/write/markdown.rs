//! The check for a comment on a pull request, or for the summary of a step: the result first, details
//! folded, never too long.

use super::lines;
use crate::alerts::Weight;
use crate::policy::{CheckReport, Status};
use crate::report::{MARKDOWN_LIMIT, Section, capital, code, fit, prose};

/// The report as Markdown that fits in a comment. What does not fit is counted.
pub fn markdown(report: &CheckReport) -> String {
    let mut sections: Vec<Section> =
        Weight::ALL.into_iter().map(|weight| violations(report, weight)).collect();
    sections.push(rules(report, Status::MatchedNothing));
    let mut notes = Section::list("### Notes", "note");
    for note in &report.notes {
        notes.add(format!("- {}\n", prose(&note.message)));
    }
    sections.extend([notes, rules(report, Status::Passed)]);
    sections.retain(|section| !section.blocks.is_empty());
    let short = format!("{}\n", prose(&capital(&report.verdict.summary)));
    fit(&head(report), &short, &sections, MARKDOWN_LIMIT)
}

fn head(report: &CheckReport) -> String {
    let result = if report.verdict.passed { "Check passed" } else { "Check failed" };
    let mut out = format!(
        "## {result}: {}\n\n**{}**\n\n| | |\n|---|---|\n",
        code(&report.snapshot.label),
        prose(&capital(&report.verdict.summary))
    );
    for (word, value) in lines::subject(report) {
        out.push_str(&format!("| {} | {} |\n", word.to_lowercase(), code(&value)));
    }
    out.push_str(&format!("| rules | {} |\n", prose(&lines::counts(report))));
    out.push_str(&format!("\nWritten by {}.\n", prose(&report.written_by)));
    out
}

fn violations(report: &CheckReport, weight: Weight) -> Section {
    let mut section = Section::list(&format!("### {}", lines::title(weight)), "violation");
    for (rule, violation) in lines::weighing(report, weight) {
        let place = lines::place(report, rule);
        let place = place.map(|place| format!(" — {}", code(&place))).unwrap_or_default();
        section.add(format!("- {}{place}\n", code(&lines::sentence(rule, violation))));
    }
    section
}

fn rules(report: &CheckReport, status: Status) -> Section {
    let summary = format!("Rules: {}", status.words());
    let mut section = Section::folded(&summary, "", "rule");
    for rule in lines::rules(report, status) {
        section.add(format!("- {}\n", code(&rule)));
    }
    section
}
