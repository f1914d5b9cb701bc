//! The rules that hold in one environment: those of all, and its own.

use std::collections::BTreeSet;

use super::model::Rules;
use super::{Code, Place, Policy, PolicyError, Section, Severity};
use crate::action::Hazard;
use crate::diff::{IgnoreRule, Ignored};

/// A layer of rules and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Layer<'a> {
    pub(super) place: Place,
    pub(super) rules: Rules<'a>,
}

/// The rules that hold in one environment.
#[derive(Clone, Debug)]
pub struct Effective<'a> {
    pub(super) layers: Vec<Layer<'a>>,
}

/// A rule of the policy that leaves differences out, and the rules of the comparison it stands for.
pub(super) struct Leaving {
    pub(super) place: Place,
    pub(super) words: String,
    pub(super) reason: Option<String>,
    pub(super) rules: Vec<IgnoreRule>,
}

impl Policy {
    /// The rules that hold in an environment, or those of all where none is named.
    pub fn effective(&self, environment: Option<&str>) -> Result<Effective<'_>, PolicyError> {
        let root = Place::default();
        let mut layers = vec![Layer { place: root.clone(), rules: self.rules() }];
        if let Some(name) = environment {
            let own =
                self.environment.get(name).ok_or_else(|| PolicyError::UnknownEnvironment {
                    name: name.to_owned(),
                    known: self.environment.keys().cloned().collect(),
                })?;
            layers.push(Layer { place: root.key("environment").key(name), rules: own.rules() });
        }
        Ok(Effective { layers })
    }
}

impl Effective<'_> {
    /// How much a violation weighs: the innermost layer that says so decides.
    pub(super) fn severity(&self, code: Code, section: Section) -> Severity {
        let said = self.layers.iter().rev().find_map(|layer| {
            let severity = layer.rules.severity;
            match code {
                Code::Missing if section == Section::Optional => severity.optional,
                Code::Missing => severity.missing,
                Code::Mismatch => severity.mismatch,
                Code::Forbidden => severity.forbidden,
                Code::Drift => severity.drift,
                Code::PendingMigrations => severity.pending_migrations,
                Code::SeveralHeads => severity.several_heads,
                Code::FailedMigration => severity.failed_migration,
                Code::UnfinishedMigration => severity.unfinished_migration,
                Code::ExpiredWaiver => severity.expired_waiver,
            }
        });
        let default = match (code, section) {
            (Code::Missing, Section::Optional) | (Code::UnfinishedMigration, _) => {
                Severity::Warning
            }
            _ => Severity::Error,
        };
        said.unwrap_or(default)
    }

    /// The ignore rules of a comparison.
    pub fn ignore(&self) -> Vec<IgnoreRule> {
        self.leaving().into_iter().flat_map(|one| one.rules).collect()
    }

    /// What a comparison with [`Effective::ignore`] counted, as the policy words its rules.
    pub fn told(&self, counted: &[Ignored]) -> Vec<Ignored> {
        let mut counts = counted.iter().map(|ignored| ignored.count);
        let leaving = self.leaving().into_iter();
        leaving
            .map(|one| Ignored {
                count: counts.by_ref().take(one.rules.len()).sum(),
                rule: one.words,
            })
            .collect()
    }

    /// The hazards whose steps a plan may put into its script.
    pub fn allow(&self) -> BTreeSet<Hazard> {
        self.layers.iter().flat_map(|layer| layer.rules.allow.iter().copied()).collect()
    }

    pub(super) fn leaving(&self) -> Vec<Leaving> {
        let mut found = Vec::new();
        for layer in &self.layers {
            let place = layer.place.key("ignore");
            found.extend(layer.rules.ignore.iter().enumerate().map(|(at, one)| Leaving {
                place: place.index(at),
                words: one.rule().text(),
                reason: one.reason.clone(),
                rules: vec![one.rule()],
            }));
            let place = layer.place.key("presets");
            found.extend(layer.rules.presets.iter().enumerate().map(|(at, preset)| Leaving {
                place: place.index(at),
                words: preset.words().to_owned(),
                reason: None,
                rules: preset.rules(),
            }));
        }
        found
    }
}
