//! The rules of a policy, held against a snapshot one by one.

use super::catalog::Catalog;
use super::effective::{Effective, Layer};
use super::expect::{self, Deviation, OfColumn};
use super::{
    CHECK_FORMAT, CHECK_VERSION, CheckReport, CheckVerdict, Code, Date, ForbidRule, ObjectRule,
    Place, Policy, PolicyError, RuleOutcome, Section, State, Status, TableRule, Violation, drift,
    migrations, verdict, waive,
};
use crate::diff::RenameDecision;
use crate::migrations::Folder;
use crate::model::Id;
use crate::objects::{Column, Enum, Kind, Table};
use crate::report::words::{counted, kind_word};
use crate::snapshot::Snapshot;
use crate::sql::split_name;

/// How to check.
#[derive(Clone, Copy, Debug)]
pub struct CheckOptions<'a> {
    /// The policy's file, as reports name it.
    pub name: &'a str,
    /// The environment whose rules are added.
    pub environment: Option<&'a str>,
    /// The day by which waivers are judged.
    pub today: Date,
    /// The snapshot that the checked one should equal.
    pub against: Option<&'a Snapshot>,
    /// What somebody decided about renames between the two, each [verified](RenameDecision::verify).
    pub decisions: &'a [RenameDecision],
    /// The project's migrations, all of which should be applied.
    pub migrations: Option<&'a Folder>,
}

/// Holds a snapshot against a policy.
pub fn check(
    snapshot: &Snapshot,
    policy: &Policy,
    options: &CheckOptions<'_>,
) -> Result<CheckReport, PolicyError> {
    let effective = policy.effective(options.environment)?;
    let catalog = Catalog::new(snapshot);
    let mut rules = Vec::new();
    for layer in &effective.layers {
        Evaluation { catalog: &catalog, effective: &effective, rules: &mut rules }.layer(layer);
    }
    let mut notes = verdict::notes(snapshot, &rules);
    match options.against {
        Some(against) => {
            let pair = (snapshot, against);
            rules.extend(drift::outcomes(pair, options.decisions, &effective, &mut notes));
        }
        None => notes.extend(drift::not_compared(&effective)),
    }
    rules.extend(migrations::outcomes(snapshot, options, &effective));
    waive::waive(&mut rules, &effective, options.today);
    let mut report = CheckReport {
        format: CHECK_FORMAT.to_owned(),
        version: CHECK_VERSION,
        written_by: concat!("pgparity ", env!("CARGO_PKG_VERSION")).to_owned(),
        policy: options.name.to_owned(),
        environment: options.environment.map(str::to_owned),
        date: options.today,
        snapshot: snapshot.side(),
        against: options.against.map(Snapshot::side),
        verdict: CheckVerdict::default(),
        rules,
        notes,
    };
    report.verdict = verdict::of(&report);
    Ok(report)
}

/// An outcome that is to be judged.
pub(super) fn outcome(
    section: Section,
    place: Place,
    kind: Option<Kind>,
    identity: &str,
) -> RuleOutcome {
    let title = match kind {
        Some(kind) => format!("{}: {} {identity}", section.word(), kind_word(kind.as_str())),
        None => format!("{}: {identity}", section.word()),
    };
    RuleOutcome {
        section,
        place,
        line: None,
        kind,
        tool: None,
        identity: identity.to_owned(),
        title,
        reason: None,
        status: Status::Passed,
        matched: 0,
        violations: Vec::new(),
    }
}

/// The state of one evaluation.
struct Evaluation<'e, 'a> {
    catalog: &'e Catalog<'a>,
    effective: &'e Effective<'a>,
    rules: &'e mut Vec<RuleOutcome>,
}

impl Evaluation<'_, '_> {
    fn layer(&mut self, layer: &Layer<'_>) {
        for (name, rule) in layer.rules.tables {
            self.table(&layer.place.key("tables").key(name), name, rule);
        }
        for (name, values) in layer.rules.enums {
            self.values(layer.place.key("enums").key(name), name, values);
        }
        let lists = [
            (Section::Required, "require", layer.rules.require),
            (Section::Optional, "optional", layer.rules.optional),
        ];
        for (section, key, rules) in lists {
            for (at, rule) in rules.iter().enumerate() {
                self.objects(section, layer.place.key(key).index(at), rule);
            }
        }
        for (at, rule) in layer.rules.forbid.iter().enumerate() {
            self.forbidden(layer.place.key("forbid").index(at), rule);
        }
    }

    fn table(&mut self, place: &Place, name: &str, rule: &TableRule) {
        let id = Id::from_sql(Kind::Table.as_str(), name);
        let found = self.catalog.snapshot.find(&id);
        let found = found.and_then(|object| object.as_any().downcast_ref::<Table>());
        let section = if rule.required { Section::Required } else { Section::Optional };
        let mut own = outcome(section, place.clone(), Some(Kind::Table), name);
        own.matched = usize::from(found.is_some());
        let Some(table) = found else {
            let with = match rule.columns.len() {
                0 => String::new(),
                many => format!(", with its {}", counted(many, "column")),
            };
            own.violations.push(self.missing(section, Kind::Table, name, &with));
            self.rules.push(own);
            // What a missing table lacks is said once; its columns share its status.
            for column in rule.columns.keys() {
                let identity = column_name(name, column);
                let place = place.key("columns").key(column);
                self.rules.push(outcome(section, place, Some(Kind::Column), &identity));
            }
            return;
        };
        let deviations = expect::attributes(self.catalog.snapshot, &id, &rule.attributes);
        own.violations = self.mismatches(section, Kind::Table, name, deviations);
        self.rules.push(own);
        for (column, expected) in &rule.columns {
            let section = if expected.required { section } else { Section::Optional };
            let identity = column_name(name, column);
            let place = place.key("columns").key(column);
            let mut own = outcome(section, place, Some(Kind::Column), &identity);
            own.violations = match table.columns.iter().find(|is| is.name == *column) {
                Some(found) => {
                    own.matched = 1;
                    let deviations = OfColumn::from(expected).deviations(found);
                    self.mismatches(section, Kind::Column, &identity, deviations)
                }
                None => vec![self.missing(section, Kind::Column, &identity, "")],
            };
            self.rules.push(own);
        }
    }

    fn values(&mut self, place: Place, name: &str, values: &[String]) {
        let id = Id::from_sql(Kind::Enum.as_str(), name);
        let found = self.catalog.snapshot.find(&id);
        let found = found.and_then(|object| object.as_any().downcast_ref::<Enum>());
        let mut own = outcome(Section::Required, place, Some(Kind::Enum), name);
        own.matched = usize::from(found.is_some());
        own.violations = match found {
            None => vec![self.missing(Section::Required, Kind::Enum, name, "")],
            Some(found) => {
                let lacking =
                    values.iter().filter(|value| !found.values.iter().any(|own| own == value));
                let lacks = |value: &String| Deviation {
                    attribute: "values".to_owned(),
                    expected: value.clone().into(),
                    found: serde_json::Value::Null,
                    words: format!("lacks the value '{value}'"),
                };
                let deviations = lacking.map(lacks).collect();
                self.mismatches(Section::Required, Kind::Enum, name, deviations)
            }
        };
        self.rules.push(own);
    }

    fn objects(&mut self, section: Section, place: Place, rule: &ObjectRule) {
        let mut own = outcome(section, place, Some(rule.kind), &rule.identity);
        own.reason.clone_from(&rule.reason);
        let ids = self.catalog.matching(rule.kind, &rule.identity);
        own.matched = ids.len();
        if ids.is_empty() {
            own.violations.push(self.missing(section, rule.kind, &rule.identity, ""));
        }
        for id in ids {
            let mut deviations = match self.column(id) {
                Some(column) => OfColumn::from(rule).deviations(column),
                None => Vec::new(),
            };
            deviations.extend(expect::attributes(self.catalog.snapshot, id, &rule.attributes));
            own.violations.extend(self.mismatches(section, rule.kind, id.name(), deviations));
        }
        self.rules.push(own);
    }

    fn column(&self, id: &Id) -> Option<&Column> {
        let (table, at) = self.catalog.snapshot.table_of_column(id)?;
        table.columns.get(at)
    }

    fn forbidden(&mut self, place: Place, rule: &ForbidRule) {
        let mut own = outcome(Section::Forbidden, place, Some(rule.kind), &rule.identity);
        own.reason.clone_from(&rule.reason);
        let ids = self.catalog.matching(rule.kind, &rule.identity);
        own.matched = ids.len();
        own.violations.extend(ids.into_iter().map(|id| {
            let words = "must not be there";
            self.violation(Code::Forbidden, Section::Forbidden, rule.kind, id.name(), words)
        }));
        self.rules.push(own);
    }

    fn missing(&self, section: Section, kind: Kind, name: &str, with: &str) -> Violation {
        let words = format!("is missing{with}");
        self.violation(Code::Missing, section, kind, name, &words)
    }

    fn mismatches(
        &self,
        section: Section,
        kind: Kind,
        name: &str,
        deviations: Vec<Deviation>,
    ) -> Vec<Violation> {
        let of = |deviation: Deviation| Violation {
            attribute: Some(deviation.attribute),
            expected: Some(deviation.expected),
            found: Some(deviation.found),
            ..self.violation(Code::Mismatch, section, kind, name, &deviation.words)
        };
        deviations.into_iter().map(of).collect()
    }

    fn violation(
        &self,
        code: Code,
        section: Section,
        kind: Kind,
        name: &str,
        words: &str,
    ) -> Violation {
        Violation {
            code,
            severity: self.effective.severity(code, section),
            state: State::Open,
            kind: Some(kind),
            name: name.to_owned(),
            attribute: None,
            expected: None,
            found: None,
            message: format!("{} {name} {words}", kind_word(kind.as_str())),
            waiver: None,
        }
    }
}

/// The qualified name of a column, out of its table's and its own plain one.
fn column_name(table: &str, column: &str) -> String {
    let mut parts = split_name(table);
    parts.push(column.to_owned());
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    Id::new(Kind::Column.as_str(), &parts).name().to_owned()
}
