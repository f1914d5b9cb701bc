//! The report for a terminal and for plain files: aligned, 100 columns wide.

use super::model::{Finding, Report};
use super::risk;
use super::text_lines::{Colour, Lines};
use super::text_parts::{differences, plan};
use super::words::{counted, kind_word, number};
use crate::diff::Note;

/// Whether the text is coloured; the caller knows where it goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// No colours.
    #[default]
    Plain,
    /// Colours by ANSI escape sequences.
    Ansi,
}

/// The report as text. Names cannot act on the terminal: what a reader would not see is written
/// as `\u{202E}`.
pub fn text(report: &Report, style: Style) -> String {
    let mut lines = Lines::new(style);
    head(report, &mut lines);
    totals(report, &mut lines);
    notes("Migrations", report.migration_notes(), &mut lines);
    differences(report, &mut lines);
    candidates(report, &mut lines);
    ignored(report, &mut lines);
    review(report, &mut lines);
    notes("Notes", &report.notes, &mut lines);
    if let Some(made) = &report.plan {
        risk::text(made, &mut lines);
        plan(made, &mut lines);
    }
    lines.finish()
}

/// The colour of a finding.
pub(super) fn colour(finding: Finding) -> Colour {
    match finding {
        Finding::Missing => Colour::Good,
        Finding::Extra => Colour::Bad,
        Finding::Changed => Colour::Warning,
        Finding::Renamed => Colour::Renamed,
    }
}

/// A heading with a line between it and what is before.
pub(crate) fn heading(lines: &mut Lines, text: &str) {
    lines.gap();
    lines.put(0, Some(Colour::Heading), text);
}

fn head(report: &Report, lines: &mut Lines) {
    for (word, side) in
        [("From (is now):      ", &report.from), ("To (should become): ", &report.to)]
    {
        lines.put(0, Some(Colour::Heading), &format!("{word}{}", side.label));
        lines.put(
            20,
            None,
            &format!(
                "database {} · PostgreSQL {} · {} · captured {}",
                side.database,
                side.server_version,
                counted(side.objects, "object"),
                side.captured_at
            ),
        );
        lines.put(20, Some(Colour::Dim), &side.fingerprint);
    }
    lines.gap();
    let verdict_colour = if report.verdict.drift { Colour::Warning } else { Colour::Good };
    lines.put(0, Some(verdict_colour), &capital(&report.verdict.summary));
    if let Some(plan) = &report.plan {
        lines.put(0, Some(Colour::Heading), &format!("Plan: {}", plan.verdict.summary));
        for (word, summary) in risk::in_short(plan) {
            lines.put(0, Some(Colour::Heading), &format!("{word}: {summary}"));
        }
    }
    for remark in report.remarks() {
        lines.put(0, None, &remark);
    }
    if report.verdict.drift {
        lines.put(
            0,
            Some(Colour::Dim),
            "+ missing: only in To   - extra: only in From   ~ changed   > renamed",
        );
    }
}

/// The sentence with a capital at its beginning.
pub(crate) fn capital(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn totals(report: &Report, lines: &mut Lines) {
    if report.totals.is_empty() {
        return;
    }
    heading(lines, "Totals");
    let words = ["kind", "From", "To", "same", "missing", "extra", "changed", "renamed"];
    let mut rows = vec![words.map(str::to_owned).to_vec()];
    for total in &report.totals {
        let mut row = vec![kind_word(total.kind.as_str())];
        let figures = total.figures();
        row.extend(figures.map(number));
        rows.push(row);
    }
    lines.table(2, &rows);
}

fn candidates(report: &Report, lines: &mut Lines) {
    if report.rename_candidates.is_empty() {
        return;
    }
    heading(lines, "May be renames; nothing is one until somebody decides");
    for candidate in &report.rename_candidates {
        lines.put(
            2,
            Some(Colour::Renamed),
            &format!(
                "? {} {} > {} (score {} of 100)",
                kind_word(candidate.kind.as_str()),
                candidate.from.name(),
                candidate.to.name(),
                candidate.score
            ),
        );
        for evidence in &candidate.evidence {
            lines.put(6, None, evidence);
        }
    }
}

fn ignored(report: &Report, lines: &mut Lines) {
    if report.ignored.is_empty() {
        return;
    }
    heading(lines, "Ignored");
    for ignored in &report.ignored {
        let count = counted(ignored.count, "difference");
        lines.put(2, None, &format!("{count} by rule {}", ignored.rule));
    }
}

fn review(report: &Report, lines: &mut Lines) {
    let notes = report.review.iter().flat_map(|review| &review.notes);
    for (at, note) in notes.enumerate() {
        if at == 0 {
            heading(lines, "Notes of reviewers");
        }
        lines.put(2, None, &format!("* {}: {}", note.object.as_str(), note.text));
    }
}

fn notes(title: &str, notes: &[Note], lines: &mut Lines) {
    if notes.is_empty() {
        return;
    }
    heading(lines, title);
    for note in notes {
        lines.put(2, None, &format!("* {}", note.message));
    }
}
