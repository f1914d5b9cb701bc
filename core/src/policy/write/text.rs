//! The check for a terminal and for plain files.

use super::lines;
use crate::alerts::Weight;
use crate::policy::{CheckReport, Status};
use crate::report::{Colour, Lines, Style, capital, heading};

/// The report as text: what is wrong first, then every rule that is not.
pub fn text(report: &CheckReport, style: Style) -> String {
    let mut lines = Lines::new(style);
    for (word, value) in lines::subject(report) {
        lines.put(0, None, &format!("{:<13}{value}", format!("{word}:")));
    }
    lines.gap();
    let colour = if report.verdict.passed { Colour::Good } else { Colour::Bad };
    lines.put(0, Some(colour), &capital(&report.verdict.summary));
    lines.put(0, None, &format!("Rules: {}", lines::counts(report)));
    for weight in Weight::ALL {
        violations(report, weight, &mut lines);
    }
    for (status, title) in [(Status::MatchedNothing, "Matched nothing"), (Status::Passed, "Passed")]
    {
        let rules = lines::rules(report, status);
        list(title, &rules, &mut lines);
    }
    let notes: Vec<String> = report.notes.iter().map(|note| note.message.clone()).collect();
    list("Notes", &notes, &mut lines);
    lines.finish()
}

fn violations(report: &CheckReport, weight: Weight, lines: &mut Lines) {
    let colour = match weight {
        Weight::Error => Colour::Bad,
        Weight::Warning => Colour::Warning,
        Weight::Note | Weight::Waived => Colour::Dim,
    };
    for (at, (rule, violation)) in lines::weighing(report, weight).enumerate() {
        if at == 0 {
            heading(lines, lines::title(weight));
        }
        lines.put(2, Some(colour), &lines::sentence(rule, violation));
        if let Some(place) = lines::place(report, rule) {
            lines.put(6, Some(Colour::Dim), &place);
        }
    }
}

fn list(title: &str, items: &[String], lines: &mut Lines) {
    if !items.is_empty() {
        heading(lines, title);
    }
    for item in items {
        lines.put(2, None, item);
    }
}
