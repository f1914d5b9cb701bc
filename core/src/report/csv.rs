//! The report for spreadsheets: one table, by RFC 4180.
//!
//! Every row has the same columns. What a row is stands in its first one, so that a filter leaves the
//! changes alone: `about` says what was compared, `total` counts a kind, `hidden` is an ignore rule with
//! what it hid, `filter` one that was set where the report was made, `note` is something to know,
//! `remark` what a reviewer noted on an object without a row, `change` is one object that differs,
//! `risk` what the plan does for one can do to others, `step` a statement of the plan. Values are in full.

use std::collections::BTreeSet;

use super::escape::{visible, visible_lines};
use super::model::{Entry, Report, StepReport};
use super::review::{Excerpt, Review};
use super::values::{nested_lines, short};
use super::words::kind_word;
use crate::diff::AttributeChange;
use crate::model::Id;
use crate::plan::ChangeRisk;

/// The names of the columns.
const COLUMNS: [&str; 14] = [
    "row",
    "finding",
    "kind",
    "schema",
    "part of",
    "name",
    "attributes",
    "from (is now)",
    "to (should become)",
    "identity",
    "identity in from",
    "viewed",
    "notes",
    "step",
];

/// One row, before its cells are made harmless.
type Row = [String; 14];

/// The differences, and the steps of a plan, as a table for a spreadsheet.
pub fn csv(report: &Report) -> String {
    let mut out = String::new();
    write_row(&mut out, &COLUMNS.map(str::to_owned));
    about(report, &mut out);
    for total in &report.totals {
        let mut row = row("total");
        row[2] = kind_word(total.kind.as_str());
        row[6] = format!(
            "same: {}\nmissing: {}\nextra: {}\nchanged: {}\nrenamed: {}",
            total.same, total.missing, total.extra, total.changed, total.renamed
        );
        (row[7], row[8]) = (total.from.to_string(), total.to.to_string());
        write_row(&mut out, &row);
    }
    for ignored in &report.ignored {
        let mut row = row("hidden");
        (row[5], row[8]) = (visible(&ignored.rule), ignored.count.to_string());
        write_row(&mut out, &row);
    }
    for filter in report.excerpt.iter().flat_map(|excerpt| &excerpt.filters) {
        let mut row = row("filter");
        row[8] = visible(filter);
        write_row(&mut out, &row);
    }
    for note in &report.notes {
        let mut row = row("note");
        (row[5], row[8]) = (visible(&note.code), visible_lines(&note.message));
        write_row(&mut out, &row);
    }
    for schema in &report.schemas {
        for object in &schema.objects {
            let within = schema.schema.as_deref();
            if let Some(own) = &object.own {
                write_row(&mut out, &change(report, own, &object.kind, within, None));
            }
            for parts in &object.parts {
                for entry in &parts.entries {
                    let part_of = Some(object.name.as_str());
                    write_row(
                        &mut out,
                        &change(report, entry, parts.kind.as_str(), within, part_of),
                    );
                }
            }
        }
    }
    remarks(report, &mut out);
    for change in report.plan.iter().flat_map(|plan| &plan.risk.changes) {
        write_row(&mut out, &risk(change));
    }
    for step in report.plan.iter().flat_map(|plan| &plan.steps) {
        write_row(&mut out, &statement(step));
    }
    out
}

/// What was noted on objects that have no row of their own.
fn remarks(report: &Report, out: &mut String) {
    let told: BTreeSet<&Id> = report.entries().map(|entry| &entry.id).collect();
    for note in report.review.iter().flat_map(|review| &review.notes) {
        if !told.contains(&note.object) {
            let mut row = row("remark");
            (row[2], row[5]) = (kind_word(note.object.kind()), visible(note.object.name()));
            (row[9], row[12]) = (visible(note.object.as_str()), visible_lines(&note.text));
            write_row(out, &row);
        }
    }
}

/// A step: its object, its dangers, its SQL, and why it is not in the script.
fn statement(step: &StepReport) -> Row {
    let hazards: Vec<&str> = step.hazards.iter().map(|note| note.hazard.name()).collect();
    let why = step.withheld_because.as_deref();
    let mut row = row("step");
    row[1].push_str(if why.is_some() { "not in the script" } else { "in the script" });
    (row[2], row[5]) = (kind_word(step.object.kind()), visible(step.object.name()));
    (row[6], row[8]) = (hazards.join("\n"), visible_lines(&step.sql));
    row[9] = visible(step.object.as_str());
    let notes = why.into_iter().chain(step.lock_in_words.as_deref());
    row[12] = notes.map(visible).collect::<Vec<_>>().join("\n");
    row[13] = step.number.to_string();
    row
}

/// The risk of a change: its lock, its rows and bytes, and whether it can be taken back.
fn risk(change: &ChangeRisk) -> Row {
    let hazards: Vec<&str> = change.hazards.iter().map(|hazard| hazard.name()).collect();
    let mut row = row("risk");
    row[1] = change.level_in_words();
    (row[2], row[5]) = (kind_word(change.object.kind()), visible(change.object.name()));
    row[6] = hazards.join("\n");
    row[8] = format!(
        "lock: {}\nwork: {}\nrows: {}\nsize: {}\nway back: {}",
        visible(&change.lock_in_words()),
        change.work_in_words(),
        change.rows_in_words(),
        change.size_in_words(),
        change.way_back.word()
    );
    row[9] = visible(change.object.as_str());
    row[13] = change.steps.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    row
}

fn row(what: &str) -> Row {
    let mut row = Row::default();
    row[0].push_str(what);
    row
}

/// What was compared, and the result.
fn about(report: &Report, out: &mut String) {
    let (from, to) = (&report.from, &report.to);
    let excerpt = report.excerpt.as_ref();
    let whole = excerpt.map_or("yes", |of| if of.only_shown { "no" } else { "yes" });
    let form = format!("{} {}", report.format, report.version);
    let (verdict, hidden) = (&report.verdict, report.verdict.ignored.to_string());
    let rows = [
        ("report", String::new(), form),
        ("written by", String::new(), visible(&report.written_by)),
        ("label", visible(&from.label), visible(&to.label)),
        ("database", visible(&from.database), visible(&to.database)),
        ("server version", visible(&from.server_version), visible(&to.server_version)),
        ("captured at", visible(&from.captured_at), visible(&to.captured_at)),
        ("fingerprint", visible(&from.fingerprint), visible(&to.fingerprint)),
        ("objects", from.objects.to_string(), to.objects.to_string()),
        ("result", String::new(), visible(&verdict.summary)),
        ("hidden differences", String::new(), hidden),
        ("whole", String::new(), whole.to_owned()),
    ];
    let filters = excerpt.map(Excerpt::sentence);
    let viewed = report.review.as_ref().map(Review::sentence);
    let plan = report.plan.as_ref().map(|plan| &plan.risk);
    let risk = plan.map(|risk| risk.summary.clone());
    let downtime = plan.map(|risk| risk.downtime.summary.clone());
    let more = [("filters", filters), ("viewed", viewed), ("risk", risk), ("downtime", downtime)];
    let more = more.map(|(name, told)| told.map(|told| (name, String::new(), visible(&told))));
    for (name, a, b) in rows.into_iter().chain(more.into_iter().flatten()) {
        let mut row = row("about");
        (row[5], row[7], row[8]) = (name.to_owned(), a, b);
        write_row(out, &row);
    }
}

fn change(
    report: &Report,
    entry: &Entry,
    kind: &str,
    schema: Option<&str>,
    part_of: Option<&str>,
) -> Row {
    let noted = report.review.iter().flat_map(|review| &review.notes);
    let noted = noted.filter(|note| note.object == entry.id).map(|note| visible_lines(&note.text));
    let viewed = report.viewed(&entry.id).map_or("", |seen| if seen { "yes" } else { "no" });
    let one = entry.attributes.len() == 1;
    let values = |of: &dyn Fn(&AttributeChange) -> String| {
        let lines = entry.attributes.iter().map(|change| {
            if one { of(change) } else { format!("{}: {}", visible(&change.name), of(change)) }
        });
        lines.collect::<Vec<_>>().join("\n")
    };
    let names: Vec<String> = entry.attributes.iter().map(|change| visible(&change.name)).collect();
    let text = |value: &serde_json::Value| match value {
        serde_json::Value::String(text) if !text.is_empty() => visible_lines(text),
        serde_json::Value::Array(_) | serde_json::Value::Object(_) => {
            visible_lines(nested_lines(value).trim_end_matches('\n'))
        }
        _ => visible(&short(value)),
    };
    [
        "change".to_owned(),
        entry.finding.word().to_owned(),
        kind_word(kind),
        schema.map(visible).unwrap_or_default(),
        part_of.map(visible).unwrap_or_default(),
        visible(&entry.name),
        names.join("\n"),
        values(&|change| text(&change.from)),
        values(&|change| text(&change.to)),
        visible(entry.id.as_str()),
        entry.from_id.as_ref().map(|id| visible(id.as_str())).unwrap_or_default(),
        viewed.to_owned(),
        noted.collect::<Vec<_>>().join("\n"),
        String::new(),
    ]
}

fn write_row(out: &mut String, row: &Row) {
    for (at, cell) in row.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        write_cell(out, cell);
    }
    out.push_str("\r\n");
}

/// Characters with which a cell begins that a spreadsheet takes for a formula; those of full width too,
/// which some take for the same.
const FORMULA: &[char] = &['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// A cell that no spreadsheet calculates with.
fn write_cell(out: &mut String, cell: &str) {
    let formula = cell.starts_with(FORMULA);
    if !formula && !cell.contains(['"', ',', '\n', '\r']) {
        out.push_str(cell);
        return;
    }
    out.push('"');
    if formula {
        out.push('\'');
    }
    out.push_str(&cell.replace('"', "\"\""));
    out.push('"');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{build, samples};
    use super::*;

    fn cell(text: &str) -> String {
        let mut out = String::new();
        write_cell(&mut out, text);
        out
    }

    #[test]
    fn formulas_are_texts() {
        for (text, written) in [
            ("plain", "plain"),
            ("=cmd|' /C calc'!A0", "\"'=cmd|' /C calc'!A0\""),
            ("-1", "\"'-1\""),
            ("a,b \"c\"", "\"a,b \"\"c\"\"\""),
            ("", ""),
        ] {
            assert_eq!(cell(text), written);
        }
    }

    #[test]
    fn every_change_is_a_row_and_the_head_says_what_was_compared() {
        let report = build(&samples::drift(), None);
        let text = csv(&report);
        let changes = text.lines().filter(|line| line.starts_with("change,")).count();
        assert_eq!(changes, 7);
        for part in [
            "about,,,,,label,,production,development,,,,,\r\n",
            "hidden,,,,,kind=column attribute=comment,,,4,,,,,\r\n",
            "change,missing,column,public,public.customers,loyalty_tier,,,,column:public.customers.loyalty_tier,,,,\r\n",
            "change,changed,column,public,public.customers,email,type,text,character varying(200),column:public.customers.email,,,,\r\n",
            "change,renamed,table,public,,remarks,,,,table:public.remarks,table:public.notes,,,\r\n",
        ] {
            assert!(text.contains(part), "{part}\n{text}");
        }
    }

    proptest! {
        #[test]
        fn cells_are_what_they_were_and_no_formulas(text in any::<String>()) {
            let written = cell(&text);
            let inner = written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
            let read = inner.map_or(written.clone(), |inner| inner.replace("\"\"", "\""));
            prop_assert!(!read.starts_with(FORMULA));
            prop_assert_eq!(read.strip_prefix('\'').filter(|_| text.starts_with(FORMULA)).unwrap_or(&read), &text);
        }
    }
}
