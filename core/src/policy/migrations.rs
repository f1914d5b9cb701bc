//! What the histories of migrations say: which are pending, which failed, where a history forks.

use super::effective::Effective;
use super::evaluate::outcome;
use super::{CheckOptions, Code, Place, RuleOutcome, Section, State, Violation};
use crate::migrations::{
    Folder, LedgerPair, LedgerSide, compare, has_unread, listed, title, trouble,
};
use crate::report::words::counted;
use crate::snapshot::Snapshot;
use crate::sql::qualified;

/// A rule for each history of the snapshot, and one for the folder that no history belongs to.
pub(super) fn outcomes(
    snapshot: &Snapshot,
    options: &CheckOptions<'_>,
    effective: &Effective<'_>,
) -> Vec<RuleOutcome> {
    let against = options.against.unwrap_or(snapshot);
    let pairs = compare(snapshot, against, options.migrations, false).unwrap_or_default().ledgers;
    let finding = Finding { effective, options };
    let mut rules: Vec<RuleOutcome> =
        pairs.iter().filter_map(|pair| finding.history(pair)).collect();
    let read = pairs.iter().any(|pair| pair.from.as_ref().is_some_and(|own| own.pending.is_some()));
    if let Some(folder) = options.migrations.filter(|_| !read) {
        rules.push(finding.without_history(folder, has_unread(snapshot)));
    }
    rules
}

struct Finding<'e, 'a> {
    effective: &'e Effective<'a>,
    options: &'e CheckOptions<'e>,
}

impl Finding<'_, '_> {
    /// What is wrong with one history. One that only the other snapshot has is the drift's matter.
    fn history(&self, pair: &LedgerPair) -> Option<RuleOutcome> {
        let own = pair.from.as_ref()?;
        let table = qualified(&own.schema, &own.table);
        let mut rule = outcome(Section::Migrations, Place::default(), None, &table);
        rule.title = format!("migrations: {} in {table}", title(&pair.tool));
        rule.tool = Some(pair.tool.clone());
        rule.matched = own.applied_count.unwrap_or(own.heads.len());
        let mut found =
            |code, words: String| rule.violations.push(self.violation(code, &table, &words));
        if let (Some(pending), Some(folder)) = (&own.pending, self.options.migrations)
            && !pending.is_empty()
        {
            found(Code::PendingMigrations, behind(pending, &folder.name));
        }
        if let Some(message) = self.behind_other(pair, own) {
            found(Code::PendingMigrations, message);
        }
        if let Some(heads) = trouble::several_heads(&pair.tool, own) {
            found(Code::SeveralHeads, heads);
        }
        if let Some(failed) = trouble::failed(own) {
            found(Code::FailedMigration, failed);
        }
        if let Some(unended) = trouble::unended(own) {
            found(Code::UnfinishedMigration, unended);
        }
        if let Some(held) = trouble::held(own) {
            found(Code::UnfinishedMigration, format!("the tool's lock is {held}"));
        }
        Some(rule)
    }

    /// What the other snapshot has applied and this one has not.
    fn behind_other(&self, pair: &LedgerPair, own: &LedgerSide) -> Option<String> {
        let label = self.options.against?.side().label;
        let other = pair.to.as_ref()?;
        if !pair.only_to.is_empty() {
            return Some(behind(&pair.only_to, &label));
        }
        // Where only heads are known, none of the two is known to be the later one.
        (pair.both.is_none() && !pair.same)
            .then(|| format!("at {}, {label} at {}", listed(&own.heads), listed(&other.heads)))
    }

    fn without_history(&self, folder: &Folder, unread: bool) -> RuleOutcome {
        let mut rule = outcome(Section::Migrations, Place::default(), None, &folder.name);
        rule.tool.clone_from(&folder.tool);
        let words = if unread {
            "the history of migrations could not be read, to hold the folder against it"
        } else {
            "the database has no history of migrations to hold the folder against"
        };
        rule.violations.push(self.violation(Code::PendingMigrations, &folder.name, words));
        rule
    }

    fn violation(&self, code: Code, name: &str, words: &str) -> Violation {
        Violation {
            code,
            severity: self.effective.severity(code, Section::Migrations),
            state: State::Open,
            kind: None,
            name: name.to_owned(),
            attribute: None,
            expected: None,
            found: None,
            message: format!("{name}: {words}"),
            waiver: None,
        }
    }
}

fn behind(names: &[String], what: &str) -> String {
    format!("{} behind {what}: {}", counted(names.len(), "migration"), listed(names))
}
