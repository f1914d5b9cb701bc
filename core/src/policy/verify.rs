//! What is wrong with a policy although its form is right: names that nothing can have, expectations
//! that do not fit their kind.

use std::collections::{BTreeMap, BTreeSet};

use super::effective::Layer;
use super::{ObjectRule, Place, Policy, TableRule, VERSION, Waiver};
use crate::migrations;
use crate::model::Id;
use crate::objects::Kind;
use crate::sql::split_name;

/// A mistake in a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where it stands.
    pub place: Place,
    /// What is wrong, as a sentence.
    pub message: String,
    /// A word that is not known, and those that are, for whoever can tell which was meant.
    pub unknown: Option<(String, Vec<String>)>,
}

impl Problem {
    fn new(place: Place, message: impl Into<String>) -> Problem {
        Problem { place, message: message.into(), unknown: None }
    }
}

impl Policy {
    /// Everything that is wrong with it, in the order of its places.
    pub fn problems(&self) -> Vec<Problem> {
        let root = Place::default();
        let mut problems = Vec::new();
        if self.version != VERSION {
            let place = root.key("version");
            let message =
                format!("version {} is not known: this release reads {VERSION}", self.version);
            problems.push(Problem::new(place, message));
        }
        Layer { place: root.clone(), rules: self.rules() }.verify(&mut problems);
        for (name, own) in &self.environment {
            let place = root.key("environment").key(name);
            Layer { place, rules: own.rules() }.verify(&mut problems);
        }
        problems.sort_by(|a, b| a.place.cmp(&b.place));
        problems
    }
}

impl Layer<'_> {
    fn verify(&self, problems: &mut Vec<Problem>) {
        for (name, rule) in self.rules.tables {
            self.table(name, rule, problems);
        }
        for name in self.rules.enums.keys() {
            problems.extend(exact(self.place.key("enums").key(name), Kind::Enum, name));
        }
        for (key, rules) in [("require", self.rules.require), ("optional", self.rules.optional)] {
            for (at, rule) in rules.iter().enumerate() {
                object(&self.place.key(key).index(at), rule, problems);
            }
        }
        for (at, rule) in self.rules.forbid.iter().enumerate() {
            let place = self.place.key("forbid").index(at);
            problems.extend(identity(&place, Some(rule.kind), &rule.identity));
        }
        for (at, rule) in self.rules.ignore.iter().enumerate() {
            let place = self.place.key("ignore").index(at);
            if rule.kind.is_none() && rule.identity.is_none() && rule.attribute.is_none() {
                let message =
                    "it would ignore everything: give a kind, an identity or an attribute";
                problems.push(Problem::new(place.clone(), message));
            }
            if let Some(name) = &rule.identity {
                problems.extend(identity(&place, rule.kind, name));
            }
            if let Some(name) = &rule.attribute {
                problems.extend(attribute(place.key("attribute"), rule.kind, name));
            }
        }
        for (at, waiver) in self.rules.waivers.iter().enumerate() {
            verify_waiver(&self.place.key("waivers").index(at), waiver, problems);
        }
    }

    fn table(&self, name: &str, rule: &TableRule, problems: &mut Vec<Problem>) {
        let place = self.place.key("tables").key(name);
        problems.extend(exact(place.clone(), Kind::Table, name));
        attributes(&place, Kind::Table, &rule.attributes, problems);
        for (column, expected) in &rule.columns {
            if expected.data_type.as_deref().is_some_and(|text| text.trim().is_empty()) {
                let place = place.key("columns").key(column).key("type");
                problems.push(Problem::new(place, "a type has a name"));
            }
        }
    }
}

fn verify_waiver(place: &Place, waiver: &Waiver, problems: &mut Vec<Problem>) {
    problems.extend(identity(place, waiver.kind, &waiver.identity));
    let one_of = "a waiver is about objects, by their `kind`, or about migrations, by a `finding`";
    match (waiver.kind, waiver.finding) {
        (None, None) => problems.push(Problem::new(place.clone(), one_of)),
        (Some(_), Some(_)) => problems.push(Problem::new(place.key("finding"), one_of)),
        _ => {}
    }
    match (&waiver.attribute, waiver.finding) {
        (None, _) => {}
        (Some(name), None) => {
            problems.extend(attribute(place.key("attribute"), waiver.kind, name));
        }
        (Some(_), Some(_)) => {
            let message = "a finding of migrations has no attribute";
            problems.push(Problem::new(place.key("attribute"), message));
        }
    }
    match &waiver.tool {
        Some(_) if waiver.finding.is_none() => {
            let message = "`tool` goes with a `finding` of migrations";
            problems.push(Problem::new(place.key("tool"), message));
        }
        Some(tool) if migrations::named(tool).is_none() => problems.push(Problem {
            place: place.key("tool"),
            message: format!("no migration tool is called `{tool}`"),
            unknown: Some((
                tool.clone(),
                migrations::names().into_iter().map(str::to_owned).collect(),
            )),
        }),
        _ => {}
    }
    for (key, text) in [("reason", &waiver.reason), ("owner", &waiver.owner)] {
        if text.trim().is_empty() {
            let message = format!("a waiver needs its {key}");
            problems.push(Problem::new(place.key(key), message));
        }
    }
}

fn object(place: &Place, rule: &ObjectRule, problems: &mut Vec<Problem>) {
    problems.extend(identity(place, Some(rule.kind), &rule.identity));
    attributes(place, rule.kind, &rule.attributes, problems);
    if rule.kind != Kind::Column {
        let given = [
            ("type", rule.data_type.is_some()),
            ("nullable", rule.nullable.is_some()),
            ("default", rule.default.is_some()),
        ];
        for (key, _) in given.into_iter().filter(|(_, given)| *given) {
            let kind = rule.kind.as_str();
            let message = format!("`{key}` is for columns; for the kind {kind} use `attributes`");
            problems.push(Problem::new(place.key(key), message));
        }
    }
}

fn attributes(
    place: &Place,
    kind: Kind,
    expected: &BTreeMap<String, serde_json::Value>,
    problems: &mut Vec<Problem>,
) {
    let place = place.key("attributes");
    problems
        .extend(expected.keys().filter_map(|name| attribute(place.key(name), Some(kind), name)));
}

/// A name that no attribute of the kind has, or of any kind where none is given.
fn attribute(place: Place, kind: Option<Kind>, name: &str) -> Option<Problem> {
    let kinds = kind.as_ref().map_or(Kind::ALL, std::slice::from_ref);
    let known: BTreeSet<&str> =
        kinds.iter().flat_map(|kind| kind.attribute_names()).copied().collect();
    if known.contains(name) {
        return None;
    }
    let of = kind.map_or("any kind".to_owned(), |kind| format!("the kind {}", kind.as_str()));
    // The policy's own word for the expectation, which the snapshot turns round.
    let hint = if name == "nullable" { ": the snapshot calls it `not_null`" } else { "" };
    Some(Problem {
        place,
        message: format!("no attribute of {of} is called `{name}`{hint}"),
        unknown: Some((name.to_owned(), known.into_iter().map(str::to_owned).collect())),
    })
}

/// An identity that matches nothing because the kind stands in it, or because it is empty.
fn identity(place: &Place, kind: Option<Kind>, name: &str) -> Option<Problem> {
    let place = place.key("identity");
    if name.trim().is_empty() {
        return Some(Problem::new(place, "an identity is a name or a glob: * for all"));
    }
    let (before, behind) = name.split_once(':')?;
    let found = Kind::named(before)?;
    let is_kind = kind.is_none_or(|kind| kind == found) && !behind.starts_with(':');
    is_kind.then(|| {
        let message =
            format!("the kind stands apart: kind = \"{before}\", identity = \"{behind}\"");
        Problem::new(place, message)
    })
}

/// A name of a table or type that is not spelled as SQL spells it.
fn exact(place: Place, kind: Kind, name: &str) -> Option<Problem> {
    let parts = split_name(name);
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let spelled = Id::new(kind.as_str(), &parts);
    if parts.len() != 2 {
        return Some(Problem::new(
            place,
            format!("`{name}` is no qualified name: write schema and name, as public.{name}"),
        ));
    }
    (spelled.name() != name).then(|| {
        Problem::new(place, format!("`{name}` is not as SQL spells it: write {}", spelled.name()))
    })
}
