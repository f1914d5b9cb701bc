//! The report for a comment on a pull request: the result first, details folded, never too long.

use super::escape::{code, prose};
use super::markdown_fit::{Section, fit};
use super::markdown_parts::{candidates, checks, differences, notes, steps, withheld};
use super::model::Report;
use super::risk;
use super::text::capital;
use super::words::{counted, kind_word, number};
use crate::snapshot::Side;

/// The longest comment that GitHub takes. Bytes are counted, so that it holds for characters too.
pub const MARKDOWN_LIMIT: usize = 65_536;

/// The report as Markdown that fits in a comment.
pub fn markdown(report: &Report) -> String {
    markdown_within(report, MARKDOWN_LIMIT)
}

/// The report as Markdown of fewer than `limit` bytes. What does not fit is counted.
pub fn markdown_within(report: &Report, limit: usize) -> String {
    let mut sections = vec![
        notes("Migrations", report.migration_notes()),
        differences(report),
        review(report),
        candidates(report),
        ignored(report),
        notes("Notes", &report.notes),
    ];
    if let Some(plan) = &report.plan {
        sections.extend(risk::markdown(plan));
        sections.extend([
            steps(plan),
            withheld(plan),
            checks(plan),
            notes("Notes on the plan", &plan.notes),
        ]);
    }
    sections.retain(|section| !section.blocks.is_empty());
    fit(&head(report), &short_head(report), &sections, limit)
}

/// The result alone, for when nothing else fits.
fn short_head(report: &Report) -> String {
    format!("{}\n", prose(&capital(&report.verdict.summary)))
}

fn head(report: &Report) -> String {
    let mut out = format!(
        "## {}: {} → {}\n\n**{}**\n",
        if report.verdict.drift { "Drift" } else { "No drift" },
        code(&report.from.label),
        code(&report.to.label),
        prose(&capital(&report.verdict.summary))
    );
    if let Some(plan) = &report.plan {
        out.push_str(&format!("\n**Plan: {}**\n", prose(&plan.verdict.summary)));
        for (word, summary) in risk::in_short(plan) {
            out.push_str(&format!("\n**{word}:** {}\n", prose(summary)));
        }
    }
    out.push_str("\n| | From (is now) | To (should become) |\n|---|---|---|\n");
    let (from, to) = (&report.from, &report.to);
    let mut row = |word: &str, cell: &dyn Fn(&Side) -> String| {
        out.push_str(&format!("| {word} | {} | {} |\n", cell(from), cell(to)));
    };
    row("database", &|side| code(&side.database));
    row("server", &|side| format!("PostgreSQL {}", prose(&side.server_version)));
    row("captured", &|side| prose(&side.captured_at));
    row("objects", &|side| number(side.objects));
    row("fingerprint", &|side| code(&side.fingerprint));
    out.push_str(&totals(report));
    let mut line = |of: &str| out.push_str(&format!("\n{of}\n"));
    if report.verdict.drift {
        line("Missing: only in To. Extra: only in From.");
    }
    for remark in report.remarks() {
        line(&format!("{}.", prose(&remark)));
    }
    line(&format!("Written by {}.", prose(&report.written_by)));
    out
}

fn totals(report: &Report) -> String {
    if report.totals.is_empty() {
        return String::new();
    }
    let mut out = "\n<details><summary>Totals of each kind</summary>\n\n\
                   | kind | From | To | same | missing | extra | changed | renamed |\n\
                   |---|--:|--:|--:|--:|--:|--:|--:|\n"
        .to_owned();
    for total in &report.totals {
        let figures = total.figures();
        out.push_str(&format!(
            "| {} | {} |\n",
            kind_word(total.kind.as_str()),
            figures.map(number).join(" | ")
        ));
    }
    out.push_str("\n</details>\n");
    out
}

fn review(report: &Report) -> Section {
    let mut section = Section::list("### Notes of reviewers", "note");
    for note in report.review.iter().flat_map(|review| &review.notes) {
        let (kind, name) = (kind_word(note.object.kind()), code(note.object.name()));
        section.add(format!("- {kind} {name}: {}\n", prose(&note.text)));
    }
    section
}

fn ignored(report: &Report) -> Section {
    let mut section = Section::list("### Ignored", "rule");
    for ignored in &report.ignored {
        let count = counted(ignored.count, "difference");
        section.add(format!("- {count} by rule {}\n", code(&ignored.rule)));
    }
    section
}
