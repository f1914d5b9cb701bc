//! The reports of a drift and a plan made by hand, and of names that want to be more than names.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use proptest::prelude::*;
use serde_json::json as value;

use super::samples::{attribute, drift, hazard, no_drift, object, part, plan, step};
use super::text_lines::WIDTH;
use super::*;
use crate::action::{Hazard, LockMode};
use crate::diff::{ChangeKind, Drift, Ignored, RenameCandidate};
use crate::model::Id;
use crate::objects::Kind;
use crate::plan::{Plan, Reversible, StepState};

fn has_lines(text: &str, wanted: &[&str]) {
    for line in wanted {
        assert!(text.lines().any(|l| l == *line), "no line {line:?} in:\n{text}");
    }
}

#[test]
fn no_drift_says_what_was_compared() {
    let report = build(&no_drift(), None);
    let sentence = "no drift: 50 tables, 1,585 columns compared; all equal";
    assert_eq!(report.verdict.summary, sentence);
    has_lines(&text(&report, Style::Plain), &[&format!("N{}", &sentence[1..])]);
    has_lines(
        &markdown(&report),
        &[
            "## No drift: <code>production</code> → <code>development</code>",
            "**No drift: 50 tables, 1,585 columns compared; all equal**",
        ],
    );
}

#[test]
fn ignored_differences_are_not_called_equal() {
    let mut drift = no_drift();
    drift.ignored = vec![Ignored { rule: "owner".to_owned(), count: 3 }];
    assert!(
        build(&drift, None).verdict.summary.ends_with("but for 3 differences that rules ignore")
    );
    drift.totals.clear();
    assert!(build(&drift, None).verdict.summary.contains("neither side has any object"));
}

#[test]
fn the_text_tells_all_that_differs() {
    has_lines(
        &text(&build(&drift(), None), Style::Plain),
        &[
            "From (is now):      production",
            "Drift: 3 missing, 1 extra, 2 changed, 4 differences ignored",
            "  column   551  553   550        2      0        1        0",
            "Schema public",
            "  + public.customers: 2 columns missing: date_of_birth, loyalty_tier",
            "  - public.customers: 1 index extra: customers_email_idx",
            "  ~ public.customers: column email changed",
            "      type: text → character varying(200)",
            "  + public.notifications: table missing",
            "  > public.remarks: table renamed, in From public.notes",
            "        -   WHERE state = 'new'::text",
            "        +   WHERE state <> 'done'::text",
            "  ? column public.orders.cust > public.orders.customer_id (score 82 of 100)",
            "      same type and position",
            "  4 differences by rule kind=column attribute=comment",
            "  * not compared: 2 casts",
        ],
    );
}

#[test]
fn the_text_tells_the_plan() {
    let report = build(&drift(), Some(&plan()));
    let text = text(&report, Style::Plain);
    has_lines(
        &text,
        &[
            "Plan: 4 statements, 1 destructive and withheld, 1 blocks writes, 1 outside a transaction",
            "  1  CREATE TABLE                public.notifications",
            "     readers and writers of public.customers wait while 2.1 GB are read (ACCESS EXCLUSIVE)",
            "     BLOCKS_READS: all wait",
            "     outside of a transaction",
            "x 4  DROP TABLE                  public.old",
            "Withheld: 1 step not in the script",
            "  4 DROP TABLE public.old: DATA_LOSS is not allowed: its 12 rows are deleted",
            "  step 2: rows of public.customers whose email is too long",
            "      WHERE length(email) > 200",
        ],
    );
}

#[test]
fn locks_read_as_sentences() {
    let mut plan = plan();
    for (mode, sentence) in [
        (LockMode::Share, "writers of public.customers wait while 2.1 GB are read; readers go on"),
        (
            LockMode::ShareUpdateExclusive,
            "readers and writers of public.customers go on; it is held while 2.1 GB are read",
        ),
    ] {
        plan.steps[1].lock.as_mut().unwrap().mode = mode;
        let report = build(&drift(), Some(&plan)).plan.unwrap();
        let said = report.steps[1].lock_in_words.as_deref();
        assert_eq!(said, Some(format!("{sentence} ({})", mode.name()).as_str()));
    }
}

#[test]
fn a_step_tells_each_reason_once() {
    let mut plan = plan();
    let last = plan.steps.len() - 1;
    let report = build(&drift(), Some(&plan));
    for said in [text(&report, Style::Plain), markdown(&report)] {
        let told = said.split("Withheld").next().unwrap_or_default();
        assert_eq!(told.matches("its 12 rows are deleted").count(), 1, "{told}");
        assert_eq!(told.matches("only a backup brings them back").count(), 1, "{told}");
        assert_eq!(told.matches("outside of a transaction").count(), 1, "{told}");
    }
    let step = &mut plan.steps[last];
    step.hazards = vec![hazard(Hazard::Irreversible, "no way")];
    step.reversible = Reversible::No { why: "no way".to_owned() };
    step.state = StepState::Included;
    let lock = plan.steps[1].lock.clone().unwrap();
    plan.steps[1].hazards = vec![hazard(Hazard::BlocksReads, &lock.effect())];
    let report = build(&drift(), Some(&plan));
    for said in [text(&report, Style::Plain), markdown(&report)] {
        assert_eq!(said.matches("no way").count(), 1, "{said}");
        assert_eq!(said.matches("while 2.1 GB are read").count(), 1, "{said}");
    }
}

#[test]
fn the_plan_in_short_counts_every_statement() {
    let mut plan = plan();
    plan.steps[1].state = StepState::Blocked { by: 4 };
    let report = build(&drift(), Some(&plan)).plan.unwrap();
    assert_eq!(
        report.verdict.summary,
        "4 statements, 1 destructive and withheld, 1 more withheld, 1 outside a transaction"
    );
    plan.steps.clear();
    let report = build(&drift(), Some(&plan)).plan.unwrap();
    assert_eq!(report.verdict.summary, "nothing to do: 0 statements");
}

#[test]
fn colours_only_where_asked_for() {
    let report = build(&drift(), Some(&plan()));
    let (plain, coloured) = (text(&report, Style::Plain), text(&report, Style::Ansi));
    assert!(!plain.contains('\u{1b}'));
    assert!(coloured.contains("\u{1b}[32m+ public.notifications: table missing\u{1b}[0m"));
}

#[test]
fn the_text_is_wrapped_and_leaves_out_no_name() {
    let mut drift = no_drift();
    let names: Vec<String> = (0..200).map(|n| format!("column_{n:03}")).collect();
    drift.changes =
        names.iter().map(|n| part(Kind::Column, "wide", n, ChangeKind::Create)).collect();
    let text = text(&build(&drift, None), Style::Plain);
    assert!(text.lines().all(|line| line.chars().count() <= WIDTH));
    assert!(names.iter().all(|name| text.contains(name)));
}

#[test]
fn the_markdown_folds_the_details() {
    has_lines(
        &markdown(&build(&drift(), Some(&plan()))),
        &[
            "<details><summary><code>public.customers</code>: 2 columns missing, 1 index extra, \
             1 column changed</summary>",
            "- 2 columns missing: <code>date_of_birth</code>, <code>loyalty_tier</code>",
            "- column <code>email</code> changed",
            "  - <code>type</code>: <code>text</code> → <code>character varying(200)</code>",
            "- <code>public.notifications</code>: table missing",
            "+   WHERE state &lt;&gt; 'done'::text",
            "| table | 49 | 50 | 49 | 1 | 0 | 0 | 0 |",
            "| 1 | CREATE TABLE | <code>public.notifications</code> |  |  |",
            "- 4\\. DROP TABLE <code>public.old</code>: DATA_LOSS is not allowed: its 12 rows \
             are deleted",
            "<pre lang=\"sql\">",
        ],
    );
}

#[test]
fn the_markdown_stays_below_its_limit_and_counts_the_rest() {
    let mut drift = drift();
    for n in 0..3_000 {
        drift.changes.push(object(Kind::Table, &format!("table_{n:04}"), ChangeKind::Create));
    }
    let mut plan = plan();
    for number in 5..3_000 {
        plan.steps.push(step(number, "CREATE TABLE", "table:public.x", "…"));
    }
    let report = build(&drift, Some(&plan));
    let text = markdown(&report);
    assert!(text.len() < MARKDOWN_LIMIT && text.len() > MARKDOWN_LIMIT * 9 / 10, "{}", text.len());
    assert!(text.contains("of 3,004 objects left out"), "{text}");
    assert!(text.contains("of 2,999 steps left out"), "{text}");
    assert!(text.contains("DATA_LOSS is not allowed"));
    for limit in [0, 1, 50, 500, 2_000, 5_000] {
        assert!(markdown_within(&report, limit).len() < limit.max(1));
    }
}

#[test]
fn the_json_is_the_report() {
    let report = build(&drift(), Some(&plan()));
    let text = json(&report);
    assert!(text.starts_with("{\n  \"format\": \"pgparity-report\",\n  \"version\": 1,\n"));
    assert!(text.ends_with("}\n"));
    assert_eq!(serde_json::from_str::<Report>(&text).unwrap(), report);
}

/// A drift and a plan in which every text that a database can hold is the given one.
fn hostile(name: &str) -> (Drift, Plan) {
    let mut drift = drift();
    for side in [&mut drift.from, &mut drift.to] {
        side.label = name.to_owned();
        side.database = name.to_owned();
        side.server_version = name.to_owned();
    }
    let mut column = part(Kind::Column, name, name, ChangeKind::Alter);
    let long = format!("{name}\n").repeat(3);
    column.attributes = vec![
        attribute(name, value!(name), value!([name])),
        attribute("d", value!(long), value!(1)),
    ];
    let mut view = object(Kind::View, name, ChangeKind::Rename);
    view.from_id = Some(Id::new("view", &[name, name]));
    view.schema = Some(name.to_owned());
    drift.changes.extend([column, view, part(Kind::Index, name, name, ChangeKind::Drop)]);
    drift.rename_candidates.push(RenameCandidate {
        kind: Kind::Table,
        from: Id::new("table", &[name]),
        to: Id::new("table", &[name]),
        score: 1,
        evidence: vec![name.to_owned()],
    });
    drift.ignored[0].rule = name.to_owned();
    drift.notes[0].message = name.to_owned();
    let mut plan = plan();
    for step in &mut plan.steps {
        step.object = Id::new("table", &[name]);
        step.hazards.iter_mut().for_each(|note| note.message = name.to_owned());
        step.lock.iter_mut().for_each(|lock| lock.on = Id::new("table", &[name]));
    }
    plan.pre_checks[0].title = name.to_owned();
    plan.pre_checks[0].sql = Some(format!("SELECT '{name}'"));
    plan.notes.clone_from(&drift.notes);
    (drift, plan)
}

/// Holds for every Markdown report: only its own tags, whole table rows, nothing hidden.
fn is_well_formed(markdown: &str) {
    let mut rest = markdown.to_owned();
    for tag in ["details", "summary", "code", "pre"] {
        let count = |what: &str| markdown.matches(what).count();
        assert_eq!(count(&format!("<{tag}")), count(&format!("</{tag}>")), "{tag}: {markdown}");
        rest = rest.replace(&format!("<{tag}>"), "").replace(&format!("</{tag}>"), "");
    }
    for tag in ["<pre lang=\"diff\">", "<pre lang=\"sql\">", "<br>"] {
        rest = rest.replace(tag, "");
    }
    assert!(!rest.contains(['<', '>']), "{markdown}");
    let hidden = |c: char| (c.is_control() && c != '\n' && c != '\t') || c == '\u{202E}';
    assert!(!markdown.contains(hidden), "{markdown:?}");
    let mut columns = None;
    let mut in_pre = false;
    for line in markdown.lines() {
        in_pre = (in_pre || line.starts_with("<pre")) && line != "</pre>";
        if in_pre {
            continue;
        }
        assert!(!line.contains(['@', '`']), "{line}");
        let bars = line.matches('|').count();
        if bars > 0 {
            assert!(line.starts_with('|') && line.ends_with('|'), "{line}");
            assert_eq!(*columns.get_or_insert(bars), bars, "{line}");
        } else {
            columns = None;
        }
    }
}

fn is_harmless(name: &str) {
    let (drift, plan) = hostile(name);
    let report = build(&drift, Some(&plan));
    is_well_formed(&markdown(&report));
    for limit in [1_000, 3_000, 6_000] {
        assert!(markdown_within(&report, limit).len() < limit);
    }
    let plain = text(&report, Style::Plain);
    let acts = |c: char| (c.is_control() && c != '\n') || c == '\u{202E}';
    assert!(!plain.contains(acts), "{plain:?}");
    assert_eq!(serde_json::from_str::<Report>(&json(&report)).unwrap(), report);
}

#[test]
fn names_are_never_more_than_names() {
    for name in [
        "<script>alert(1)</script>",
        "a|b",
        "`x`",
        "@everyone",
        "#1",
        "</details></summary></code></pre>",
        "line\nbreak\r\n\n| a | b |",
        "\u{1b}[2J\u{202E}gpj",
        "](javascript:alert(1))",
        "&lt;b&gt;",
        "",
        "\\",
        "www.example.com https://example.com a@b.example",
        "-->",
    ] {
        is_harmless(name);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_name_breaks_a_report(name in any::<String>()) {
        is_harmless(&name);
    }

    #[test]
    fn no_punctuation_breaks_a_report(name in "[<>|`@#&\\\\\\n\\r _*~\\[\\]()!:./a-c-]{0,40}") {
        is_harmless(&name);
    }
}
