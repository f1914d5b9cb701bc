//! The report as one HTML page for people without the program: no script, nothing to load, made to be
//! mailed, kept and printed.
//!
//! The page's own policy forbids everything but its style sheet, which it names by hash. All that comes
//! from a database stands between tags as text, never in an attribute.

use sha2::{Digest, Sha256};

use super::escape::{between_tags as text, preformatted};
use super::html_parts::{differences, name, plan};
use super::model::Report;
use super::review::ReviewNote;
use super::risk;
use super::text::capital;
use super::words::{counted, kind_word, number};
use crate::diff::Note;
use crate::snapshot::Side;

const STYLE: &str = include_str!("html.css");

/// The report as an HTML page.
pub fn html(report: &Report) -> String {
    let word = if report.verdict.drift { "Drift" } else { "No drift" };
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta \
         http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{}'; base-uri \
         'none'; form-action 'none'\">\n<meta name=\"viewport\" content=\"width=device-width, \
         initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>{word}: {} → \
         {}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n",
        hash(STYLE),
        text(&report.from.label),
        text(&report.to.label),
    );
    out.push_str(&format!(
        "<h1>{word}: {} → {}</h1>\n<p class=\"verdict\">{}</p>\n",
        name(&report.from.label),
        name(&report.to.label),
        text(&capital(&report.verdict.summary))
    ));
    if let Some(plan) = &report.plan {
        let summary = text(&plan.verdict.summary);
        out.push_str(&format!("<p class=\"verdict\">Plan: {summary}</p>\n"));
        for (word, summary) in risk::in_short(plan) {
            out.push_str(&format!("<p>{word}: {}</p>\n", text(summary)));
        }
    }
    for remark in report.remarks() {
        out.push_str(&format!("<p>{}.</p>\n", text(&remark)));
    }
    sides(report, &mut out);
    totals(report, &mut out);
    notes("Migrations", report.migration_notes(), &mut out);
    differences(report, &mut out);
    review(report, &mut out);
    candidates(report, &mut out);
    ignored(report, &mut out);
    notes("Notes", &report.notes, &mut out);
    if let Some(made) = &report.plan {
        risk::html(made, &wide("Risk of each change"), &mut out);
        plan(made, &mut out);
        notes("Notes on the plan", &made.notes, &mut out);
    }
    out.push_str(&format!(
        "</main>\n<footer>\n<p class=\"soft\">Written by {}. The page holds names and definitions \
         of both databases.</p>\n</footer>\n</body>\n</html>\n",
        text(&report.written_by)
    ));
    out
}

/// The start of what may be wider than the window: it is scrolled by keyboard too.
fn wide(label: &str) -> String {
    format!("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{label}\">\n")
}

fn sides(report: &Report, out: &mut String) {
    out.push_str(&wide("What was compared"));
    out.push_str(
        "<table>\n<caption>What was compared</caption>\n<tr><td></td><th \
         scope=\"col\">From (is now)</th><th scope=\"col\">To (should become)</th></tr>\n",
    );
    let mut row = |word: &str, cell: &dyn Fn(&Side) -> String| {
        let (from, to) = (cell(&report.from), cell(&report.to));
        out.push_str(&format!(
            "<tr><th scope=\"row\">{word}</th><td>{from}</td><td>{to}</td></tr>\n"
        ));
    };
    row("database", &|side| name(&side.database));
    row("PostgreSQL", &|side| text(&side.server_version));
    row("captured", &|side| text(&side.captured_at));
    row("objects", &|side| number(side.objects));
    row("fingerprint", &|side| format!("<code>{}</code>", text(&side.fingerprint)));
    out.push_str("</table>\n</div>\n");
}

fn totals(report: &Report, out: &mut String) {
    if report.totals.is_empty() {
        return;
    }
    out.push_str("<h2>Totals</h2>\n");
    out.push_str(&wide("Totals"));
    out.push_str("<table>\n<tr>");
    for word in ["kind", "From", "To", "same", "missing", "extra", "changed", "renamed"] {
        out.push_str(&format!("<th scope=\"col\">{word}</th>"));
    }
    out.push_str("</tr>\n");
    for total in &report.totals {
        let kind = kind_word(total.kind.as_str());
        out.push_str(&format!("<tr><th scope=\"row\">{kind}</th>"));
        let figures = total.figures();
        for figure in figures {
            out.push_str(&format!("<td class=\"n\">{}</td>", number(figure)));
        }
        out.push_str("</tr>\n");
    }
    out.push_str(
        "</table>\n</div>\n<p class=\"soft\">+ missing: only in To; - extra: only in From; ~ changed; > \
         renamed</p>\n",
    );
}

fn review(report: &Report, out: &mut String) {
    let noted: Vec<&ReviewNote> = report.review.iter().flat_map(|review| &review.notes).collect();
    if noted.is_empty() {
        return;
    }
    out.push_str("<h2>Notes of reviewers</h2>\n");
    for note in noted {
        let lines: Vec<String> = note.text.lines().map(preformatted).collect();
        let of = format!("{} {}", kind_word(note.object.kind()), name(note.object.name()));
        out.push_str(&format!("<p>{of}:</p>\n<pre>{}</pre>\n", lines.join("\n")));
    }
}

fn candidates(report: &Report, out: &mut String) {
    if report.rename_candidates.is_empty() {
        return;
    }
    out.push_str("<h2>May be renames; nothing is one until somebody decides</h2>\n<ul>\n");
    for candidate in &report.rename_candidates {
        out.push_str(&format!(
            "<li>{} {} → {}, score {} of 100: {}</li>\n",
            kind_word(candidate.kind.as_str()),
            name(candidate.from.name()),
            name(candidate.to.name()),
            candidate.score,
            text(&candidate.evidence.join("; "))
        ));
    }
    out.push_str("</ul>\n");
}

fn ignored(report: &Report, out: &mut String) {
    if report.ignored.is_empty() {
        return;
    }
    out.push_str("<h2>Ignored</h2>\n<ul>\n");
    for ignored in &report.ignored {
        let count = counted(ignored.count, "difference");
        out.push_str(&format!("<li>{count} by rule {}</li>\n", name(&ignored.rule)));
    }
    out.push_str("</ul>\n");
}

fn notes(heading: &str, notes: &[Note], out: &mut String) {
    if notes.is_empty() {
        return;
    }
    out.push_str(&format!("<h2>{heading}</h2>\n<ul>\n"));
    for note in notes {
        out.push_str(&format!("<li>{}</li>\n", text(&note.message)));
    }
    out.push_str("</ul>\n");
}

/// A style sheet's hash as a policy names it.
fn hash(style: &str) -> String {
    format!("sha256-{}", base64(&Sha256::digest(style.as_bytes())))
}

/// Base64 with padding, RFC 4648.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let at = |place: usize| u32::from(chunk.get(place).copied().unwrap_or(0));
        let word = at(0) << 16 | at(1) << 8 | at(2);
        for place in 0..4 {
            let letter = LETTERS[(word >> (18 - 6 * place) & 63) as usize];
            out.push(if place <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::{build, samples};
    use super::*;

    #[test]
    fn base64_is_that_of_the_standard() {
        for (bytes, written) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(bytes.as_bytes()), written);
        }
    }

    #[test]
    fn the_result_comes_first_and_details_are_folded() {
        let page = html(&build(&samples::drift(), Some(&samples::plan())));
        let place = |part: &str| page.find(part).unwrap_or_else(|| unreachable!("{part}\n{page}"));
        let order = [
            "<h1>Drift: <bdi>production</bdi> → <bdi>development</bdi></h1>",
            "<p class=\"verdict\">Drift: ",
            "<p class=\"verdict\">Plan: ",
            "<p>Risk: ",
            "<p>Downtime: ",
            "What was compared",
            "<h2>Totals</h2>",
            "<details>",
            "<del>- ",
            "<h2>May be renames",
            "<h2>Ignored</h2>",
            "<h2>Notes</h2>",
            "<h2>Risk</h2>",
            "<caption>Risk of each change</caption>",
            "<h2>Plan: ",
            "<span class=\"hazard\">DATA_LOSS",
        ];
        assert!(order.map(place).is_sorted(), "{page}");
        assert!(!page.contains("<script") && !page.contains("style=\""));
    }

    #[test]
    fn an_empty_drift_is_a_result() {
        let page = html(&build(&samples::no_drift(), None));
        assert!(page.contains("No drift: 50 tables, 1,585 columns compared; all equal"), "{page}");
        assert!(!page.contains("<details>"));
    }
}
