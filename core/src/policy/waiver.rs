//! A waiver as it stands in a policy: what it is about, who answers for it, and until when.

use serde::Deserialize;

use super::{Code, Date};
use crate::migrations::title;
use crate::objects::Kind;
use crate::report::words::kind_word;

/// A finding that somebody answers for until a day. It is about objects, with `kind`, or about histories of
/// migrations, with `finding`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// The kind of the objects, as in identities.
    pub kind: Option<Kind>,
    /// What is wrong with a history of migrations.
    pub finding: Option<MigrationFinding>,
    /// Of a finding: histories of this migration tool only, as the snapshot names it.
    pub tool: Option<String>,
    /// The qualified name as SQL spells it, of the objects or of the table that holds the history; `*` and `?` are
    /// wildcards.
    pub identity: String,
    /// Of objects: this attribute only, as the snapshot names it; without it everything about the object.
    pub attribute: Option<String>,
    /// Why it may be so.
    pub reason: String,
    /// Who answers for it.
    pub owner: String,
    /// The last day on which it holds.
    pub expires: Date,
}

impl Waiver {
    /// What it is about, as words: `column public.orders.note`, `pending migrations in public.django_migrations`.
    pub(super) fn subject(&self) -> String {
        let what = match (self.finding, self.kind) {
            (Some(finding), _) => {
                let tool = self.tool.as_deref().map(|tool| format!(" of {}", title(tool)));
                format!("{}{} in", finding.words(), tool.unwrap_or_default())
            }
            (None, Some(kind)) => kind_word(kind.as_str()),
            (None, None) => String::new(),
        };
        format!("{what} {}", self.identity)
    }
}

/// What can be wrong with a history of migrations, by the names that severities have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MigrationFinding {
    /// Migrations that are not applied, or no history that could tell.
    PendingMigrations,
    /// Several heads.
    SeveralHeads,
    /// A migration that failed.
    FailedMigration,
    /// A migration that began and did not end, or a lock that is held.
    UnfinishedMigration,
}

impl MigrationFinding {
    /// The code of its violations.
    pub(super) fn code(self) -> Code {
        match self {
            MigrationFinding::PendingMigrations => Code::PendingMigrations,
            MigrationFinding::SeveralHeads => Code::SeveralHeads,
            MigrationFinding::FailedMigration => Code::FailedMigration,
            MigrationFinding::UnfinishedMigration => Code::UnfinishedMigration,
        }
    }

    fn words(self) -> &'static str {
        match self {
            MigrationFinding::PendingMigrations => "pending migrations",
            MigrationFinding::SeveralHeads => "several heads",
            MigrationFinding::FailedMigration => "failed migrations",
            MigrationFinding::UnfinishedMigration => "unfinished migrations",
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        reason = "a failed unwrap fails the test"
    )]
    use serde_json::{Value, json};

    use super::super::tests::{held, on, shop};
    use super::super::{Code, Policy, Status, VERSION};
    use crate::migrations::Ledger;
    use crate::snapshot::Snapshot;

    /// Two histories, both with two heads, one with a failed migration too.
    fn migrated() -> Snapshot {
        let mut snapshot = shop();
        let ledger = |tool: &str, table: &str, failed: &[&str]| Ledger {
            tool: tool.to_owned(),
            schema: "public".to_owned(),
            table: table.to_owned(),
            heads: vec!["a".to_owned(), "b".to_owned()],
            failed: failed.iter().map(|name| (*name).to_owned()).collect(),
            ..Ledger::default()
        };
        snapshot.migrations =
            vec![ledger("alembic", "alembic_version", &["c"]), ledger("alembic", "other", &[])];
        snapshot
    }

    fn waiver(more: Value) -> Value {
        let mut waiver = json!({ "reason": "r", "owner": "shop team", "expires": "2026-12-31" });
        let Value::Object(more) = more else { unreachable!("a table of TOML") };
        waiver.as_object_mut().unwrap().extend(more);
        json!({ "waivers": [waiver] })
    }

    /// The codes that count, with one such waiver.
    fn left(day: &str, more: Value) -> Vec<Code> {
        let report = held(&migrated(), waiver(more), &on(day));
        let open = report.violations().filter(|(_, it)| it.state != super::super::State::Waived);
        open.map(|(_, violation)| violation.code).collect()
    }

    #[test]
    fn a_finding_of_migrations_is_waived_by_its_sort_its_tool_and_its_table() {
        let (heads, failed) = (Code::SeveralHeads, Code::FailedMigration);
        let today = "2026-11-30";
        let other = json!({ "finding": "pending_migrations", "identity": "*" });
        assert_eq!(left(today, other), [heads, failed, heads]);
        let both = json!({ "finding": "several_heads", "identity": "*" });
        assert_eq!(left(today, both), [failed]);
        let one = json!({ "finding": "several_heads", "identity": "public.alembic_*" });
        assert_eq!(left(today, one), [failed, heads]);
        let of_tool = json!({ "finding": "failed_migration", "tool": "alembic", "identity": "*" });
        assert_eq!(left(today, of_tool), [heads, heads]);
        let of_another =
            json!({ "finding": "failed_migration", "tool": "flyway", "identity": "*" });
        assert_eq!(left(today, of_another), [heads, failed, heads]);
        // An object of that name is none.
        let table = json!({ "kind": "table", "identity": "*" });
        assert_eq!(left(today, table), [heads, failed, heads]);
    }

    #[test]
    fn it_fails_when_its_day_has_passed() {
        let heads = json!({ "finding": "several_heads", "tool": "alembic", "identity": "*" });
        let rules = waiver(heads.clone());
        let held_at = |day| held(&migrated(), rules.clone(), &on(day));
        let own = held_at("2026-12-31").rules.pop().unwrap();
        assert_eq!((own.status, own.matched), (Status::Waived, 2));
        assert_eq!(
            own.title,
            "waiver: several heads of Alembic in *, until 2026-12-31 by shop team"
        );
        let report = held_at("2027-01-01");
        assert_eq!(report.rules.last().unwrap().status, Status::WaiverExpired);
        assert_eq!((report.verdict.errors, report.verdict.waived), (4, 0));
        let told = &report.rules.last().unwrap().violations[0].message;
        assert!(told.contains("several heads of Alembic in * ended with 2026-12-31"), "{told}");
        // It weighs as the waiver does, although the finding itself would only be told.
        let mut lenient = waiver(heads);
        lenient["severity"] = json!({ "several_heads": "warning", "failed_migration": "warning" });
        let lenient = held(&migrated(), lenient, &on("2027-01-01"));
        assert_eq!((lenient.verdict.errors, lenient.verdict.warnings), (3, 1));
    }

    #[test]
    fn what_fits_neither_objects_nor_migrations_is_refused() {
        for (more, at, words) in [
            (json!({ "identity": "*" }), "waivers[0]", "by a `finding`"),
            (
                json!({ "identity": "*", "kind": "table", "finding": "several_heads" }),
                "waivers[0].finding",
                "by their `kind`",
            ),
            (
                json!({ "identity": "*", "finding": "several_heads", "attribute": "owner" }),
                "waivers[0].attribute",
                "no attribute",
            ),
            (
                json!({ "identity": "*", "kind": "table", "tool": "flyway" }),
                "waivers[0].tool",
                "finding",
            ),
            (
                json!({ "identity": "*", "finding": "several_heads", "tool": "flywy" }),
                "waivers[0].tool",
                "`flywy`",
            ),
        ] {
            let mut rules = waiver(more);
            rules["version"] = json!(VERSION);
            let problems = serde_json::from_value::<Policy>(rules).expect("a policy").problems();
            let [problem] = problems.as_slice() else { panic!("{at}: {problems:?}") };
            assert_eq!(problem.place.to_string(), at);
            assert!(problem.message.contains(words), "{}", problem.message);
        }
    }
}
