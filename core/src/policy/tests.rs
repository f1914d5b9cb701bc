//! Rules held against small snapshots.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a failed unwrap fails the test"
)]

use serde_json::{Value, json};

use super::*;
use crate::diff::{IgnorePreset, RenameAnswer, RenameDecision};
use crate::model::Id;
use crate::objects::{Column, Enum, Index, Kind, Table};
use crate::snapshot::Snapshot;

fn column(name: &str, data_type: &str, not_null: bool) -> Column {
    Column { name: name.into(), data_type: data_type.into(), not_null, ..Column::default() }
}

fn table(name: &str, columns: Vec<Column>) -> Table {
    Table {
        schema: "public".into(),
        name: name.into(),
        columns,
        comment: Some("said".into()),
        ..Table::default()
    }
}

/// A shop: two tables, an enum type, an index.
pub(super) fn shop() -> Snapshot {
    let mut snapshot = Snapshot::default();
    snapshot.source.database = "shop".to_owned();
    let total = Column { default: Some("0".into()), ..column("total", "numeric(10,2)", true) };
    snapshot.objects.table.extend([
        table("orders", vec![column("id", "bigint", true), total, column("note", "text", false)]),
        table("tmp_1", vec![column("id", "integer", true)]),
    ]);
    snapshot.objects.enum_type.push(Enum {
        schema: "public".into(),
        name: "status".into(),
        values: vec!["new".into(), "paid".into()],
        ..Enum::default()
    });
    snapshot.objects.index.push(Index {
        schema: "public".into(),
        name: "orders_note".into(),
        table: "orders".into(),
        ..Index::default()
    });
    snapshot.objects.sort();
    snapshot
}

fn policy(value: Value) -> Policy {
    let mut value = value;
    value["version"] = json!(VERSION);
    serde_json::from_value(value).expect("a policy")
}

pub(super) fn held(snapshot: &Snapshot, rules: Value, options: &CheckOptions<'_>) -> CheckReport {
    let policy = policy(rules);
    assert_eq!(policy.problems(), [], "the policy of a test is right");
    check(snapshot, &policy, options).unwrap()
}

pub(super) fn on(day: &str) -> CheckOptions<'static> {
    let today = day.parse().unwrap();
    CheckOptions {
        name: "pgparity.toml",
        environment: None,
        today,
        against: None,
        decisions: &[],
        migrations: None,
    }
}

fn today() -> CheckOptions<'static> {
    on("2026-11-30")
}

fn messages(report: &CheckReport) -> Vec<&str> {
    report.violations().map(|(_, violation)| violation.message.as_str()).collect()
}

fn statuses(report: &CheckReport) -> Vec<(String, Status)> {
    report.rules.iter().map(|rule| (rule.place.to_string(), rule.status)).collect()
}

#[test]
fn what_is_as_expected_passes() {
    let report = held(
        &shop(),
        json!({
            "tables": { "public.orders": { "attributes": { "comment": "said", "row_security": false },
                "columns": {
                    "id": { "type": "int8", "nullable": false, "default": "" },
                    "total": { "type": "decimal(10, 2)", "nullable": false, "default": "0" },
                    "note": {}, "later": { "required": false } } } },
            "enums": { "public.status": ["paid"] },
            "require": [{ "kind": "index", "identity": "public.*note" },
                { "kind": "column", "identity": "public.*.id", "nullable": false }],
            "forbid": [{ "kind": "view", "identity": "*" }],
        }),
        &today(),
    );
    assert_eq!(messages(&report), ["column public.orders.later is missing"]);
    assert!(report.verdict.passed);
    assert_eq!(report.verdict.summary, "passed: 1 warning, 8 of 9 rules passed");
    let found = report.rules.iter().find(|rule| rule.place.to_string() == "require[1]").unwrap();
    assert_eq!(found.matched, 2, "a column of each table");
}

#[test]
fn each_deviation_is_told_with_both_values() {
    let report = held(
        &shop(),
        json!({
            "tables": { "public.orders": { "attributes": { "row_security": true }, "columns": {
                "id": { "type": "integer" }, "total": { "default": "" },
                "note": { "nullable": false, "default": "''" }, "gone": {} } } },
            "enums": { "public.status": ["new", "sent"], "public.kind": ["a"] },
            "require": [{ "kind": "view", "identity": "public.v*", "reason": "of the reports" }],
            "forbid": [{ "kind": "table", "identity": "*.tmp_*" }],
        }),
        &today(),
    );
    assert_eq!(
        messages(&report),
        [
            "table public.orders has row_security: (none), and not yes",
            "column public.orders.gone is missing",
            "column public.orders.id has the type bigint, and not integer",
            "column public.orders.note may hold NULL, against the policy",
            "column public.orders.note has the default (none), and not ''",
            "column public.orders.total has the default 0, and not (none)",
            "enum type public.kind is missing",
            "enum type public.status lacks the value 'sent'",
            "view public.v* is missing",
            "table public.tmp_1 must not be there",
        ]
    );
    assert_eq!(report.verdict.errors, 10);
    let (_, id) = report.violations().nth(2).unwrap();
    assert_eq!(
        (id.expected.clone(), id.found.clone()),
        (Some(json!("integer")), Some(json!("bigint")))
    );
}

#[test]
fn a_missing_table_is_told_once_and_its_columns_stand_as_it_does() {
    let rules = json!({
        "tables": {
            "public.lost": { "columns": { "id": {}, "at": {} } },
            "public.maybe": { "required": false, "columns": { "id": {} } },
            "public.orders": { "columns": { "id": {} } },
        },
    });
    let report = held(&shop(), rules, &today());
    assert_eq!(
        messages(&report),
        [
            "table public.lost is missing, with its 2 columns",
            "table public.maybe is missing, with its 1 column"
        ]
    );
    let status = |place: &str| {
        statuses(&report).into_iter().find(|(found, _)| found.ends_with(place)).unwrap().1
    };
    assert_eq!(status("\"public.lost\".columns.at"), Status::Failed);
    assert_eq!(status("\"public.maybe\".columns.id"), Status::Warning);
    assert_eq!(status("\"public.orders\".columns.id"), Status::Passed);
    assert_eq!((report.verdict.errors, report.verdict.warnings), (1, 1));
}

#[test]
fn an_environment_overrides_severities_and_adds_rules() {
    let rules = json!({
        "tables": { "public.lost": {} },
        "forbid": [{ "kind": "table", "identity": "*.tmp_*" }],
        "environment": {
            "production": { "require": [{ "kind": "role", "identity": "app" }] },
            "development": { "severity": { "missing": "warning" } },
        },
    });
    let errors = |environment: Option<&'static str>| {
        let report = held(&shop(), rules.clone(), &CheckOptions { environment, ..today() });
        (report.verdict.errors, report.verdict.warnings, report.notes.len())
    };
    assert_eq!(errors(None), (2, 0, 0));
    assert_eq!(errors(Some("development")), (1, 1, 0));
    assert_eq!(errors(Some("production")), (3, 0, 1), "and a word about --roles");
    let policy = policy(rules.clone());
    let unknown = check(&shop(), &policy, &CheckOptions { environment: Some("prod"), ..today() });
    let message = unknown.unwrap_err().to_string();
    assert!(message.contains("\"prod\"") && message.contains("production"), "{message}");
}

#[test]
fn a_waiver_holds_to_the_end_of_its_day() {
    let rules = json!({
        "tables": { "public.orders": { "columns": { "id": { "type": "int" }, "gone": {} } } },
        "waivers": [
            { "kind": "column", "identity": "public.orders.*", "attribute": "type", "reason": "later",
              "owner": "shop team", "expires": "2026-12-31" },
            { "kind": "column", "identity": "public.nothing", "reason": "gone", "owner": "me",
              "expires": "2027-12-31" },
        ],
    });
    let at = |day: &'static str| held(&shop(), rules.clone(), &on(day));
    for day in ["2026-11-30", "2026-12-31"] {
        let report = at(day);
        assert_eq!((report.verdict.errors, report.verdict.waived), (1, 1), "{day}");
        let found: Vec<Status> = report.rules.iter().map(|rule| rule.status).collect();
        let expected = [
            Status::Passed,
            Status::Failed,
            Status::Waived,
            Status::Waived,
            Status::MatchedNothing,
        ];
        assert_eq!(found, expected, "{day}");
    }
    let report = at("2027-01-01");
    assert_eq!((report.verdict.errors, report.verdict.waived), (3, 0));
    assert_eq!(report.verdict.rules.waiver_expired, 2, "the rule and the waiver");
    let message = messages(&report).pop().unwrap();
    assert!(message.contains("shop team") && message.contains("2026-12-31"), "{message}");
    // Long after, one that covers nothing fails too.
    assert_eq!(at("2028-01-01").verdict.errors, 4);
}

#[test]
fn of_two_waivers_the_one_that_holds_counts() {
    let waiver = |expires: &str| json!({ "kind": "table", "identity": "public.lost", "reason": "r", "owner": "o", "expires": expires });
    let rules = json!({
        "tables": { "public.lost": {} },
        "severity": { "expired_waiver": "warning" },
        "waivers": [waiver("2027-01-01"), waiver("2026-01-01")],
    });
    let report = held(&shop(), rules, &today());
    assert_eq!((report.verdict.errors, report.verdict.warnings, report.verdict.waived), (0, 1, 1));
}

#[test]
fn drift_counts_but_for_what_is_ignored_or_waived() {
    let mut other = shop();
    other.objects.table[0].comment = None;
    other.objects.table[0].columns.pop();
    other.objects.table[0].columns[0].data_type = "integer".into();
    other.objects.index.retain(|_| false);
    let rules = json!({
        "presets": ["comments", "owners"],
        "ignore": [{ "kind": "index", "identity": "public.*", "reason": "made at night" }],
        "waivers": [{ "kind": "column", "identity": "public.orders.note", "reason": "r", "owner": "o",
            "expires": "2026-11-30" }],
    });
    let report = held(&shop(), rules.clone(), &CheckOptions { against: Some(&other), ..today() });
    let found = messages(&report);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found.contains(&"column public.orders.id has type: bigint, and in shop integer"),
        "{found:?}"
    );
    assert_eq!((report.verdict.errors, report.verdict.waived, report.verdict.ignored), (1, 1, 2));
    let ignoring: Vec<(String, usize, Status)> = report
        .rules
        .iter()
        .filter(|rule| rule.section == Section::Ignored)
        .map(|rule| (rule.place.to_string(), rule.matched, rule.status))
        .collect();
    assert_eq!(
        ignoring,
        [
            ("ignore[0]".to_owned(), 1, Status::Passed),
            ("presets[0]".to_owned(), 1, Status::Passed),
            ("presets[1]".to_owned(), 0, Status::MatchedNothing),
        ]
    );
    // Without the other snapshot nothing is compared, and a note says so.
    let alone = held(&shop(), rules, &today());
    assert!(alone.notes.iter().any(|note| note.code == "not_compared"), "{:?}", alone.notes);
}

#[test]
fn a_confirmed_rename_is_one_difference() {
    let mut other = shop();
    let columns = &mut other.objects.table[0].columns;
    columns[2].name = "remark".into();
    columns[2].not_null = true;
    let decisions = [RenameDecision {
        from: Id::new("column", &["public", "orders", "note"]),
        to: Id::new("column", &["public", "orders", "remark"]),
        answer: RenameAnswer::Rename,
    }];
    let options = CheckOptions { against: Some(&other), ..today() };
    assert_eq!(held(&shop(), json!({}), &options).verdict.errors, 2, "one is missing, one extra");
    let options = CheckOptions { decisions: &decisions, ..options };
    let report = held(&shop(), json!({}), &options);
    assert_eq!(
        messages(&report),
        [
            "column public.orders.note has another name: in shop it is public.orders.remark",
            "column public.orders.note has not_null: (none), and in shop yes",
        ]
    );
    // It goes by the name that the checked snapshot has.
    let rules = json!({ "waivers": [{ "kind": "column", "identity": "public.orders.note",
        "reason": "r", "owner": "o", "expires": "2026-12-31" }] });
    assert_eq!(held(&shop(), rules, &options).verdict.waived, 2);
}

#[test]
fn other_commands_get_ignore_rules_and_hazards() {
    let policy = policy(json!({
        "allow": ["INDEX_BUILD"],
        "presets": ["storage"],
        "environment": { "development": { "allow": ["DATA_LOSS"], "ignore": [{ "attribute": "comment" }] } },
    }));
    let all = policy.effective(None).unwrap();
    assert_eq!(all.allow().len(), 1);
    assert_eq!(all.ignore(), IgnorePreset::Storage.rules());
    let own = policy.effective(Some("development")).unwrap();
    assert_eq!(own.allow().len(), 2);
    let counted: Vec<_> = own
        .ignore()
        .iter()
        .map(|_| crate::diff::Ignored { rule: String::new(), count: 1 })
        .collect();
    let told = own.told(&counted);
    assert_eq!(told.iter().map(|ignored| ignored.count).sum::<usize>(), counted.len());
    assert_eq!(told.len(), 2, "a preset is one rule: {told:?}");
}

#[test]
fn the_starting_policy_has_every_table_and_column() {
    let text = starting_policy(&shop());
    for part in [
        "[tables.\"public.orders\".columns]\nid = { type = \"bigint\", nullable = false }\n",
        "note = { type = \"text\", nullable = true }",
        "[tables.\"public.tmp_1\".columns]",
        "[enums]\n\"public.status\" = [\"new\", \"paid\"]",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn every_kind_tells_its_attributes() {
    for kind in Kind::ALL {
        let names = kind.attribute_names();
        assert!(
            names.contains(&"comment") || *kind == Kind::ExtensionMember,
            "{kind:?}: {names:?}"
        );
    }
    assert!(Kind::Column.attribute_names().contains(&"not_null"));
}
