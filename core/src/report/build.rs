//! From a drift and a plan to a report.

use std::collections::BTreeMap;

use super::build_plan::plan_report;
use super::model::{
    Entry, FORMAT, Finding, KindTotal, ObjectReport, PartsReport, Report, SchemaReport, VERSION,
    Verdict,
};
use super::words::{counted, kinds, number};
use crate::diff::{Change, Drift};
use crate::model::Id;
use crate::objects::Kind;
use crate::plan::Plan;

/// The report about a drift, and about the plan that ends it where there is one.
pub fn build(drift: &Drift, plan: Option<&Plan>) -> Report {
    let totals: Vec<KindTotal> = drift
        .totals
        .iter()
        .map(|total| KindTotal {
            kind: total.kind,
            from: total.from,
            to: total.to,
            same: total.same,
            missing: total.created,
            extra: total.dropped,
            changed: total.altered,
            renamed: total.renamed,
        })
        .collect();
    Report {
        format: FORMAT.to_owned(),
        version: VERSION,
        written_by: concat!("pgparity ", env!("CARGO_PKG_VERSION")).to_owned(),
        from: drift.from.clone(),
        to: drift.to.clone(),
        verdict: verdict(drift, &totals),
        totals,
        schemas: schemas(&drift.changes),
        rename_candidates: drift.rename_candidates.clone(),
        ignored: drift.ignored.clone(),
        notes: drift.notes.clone(),
        migrations: drift.migrations.clone(),
        plan: plan.map(plan_report),
        excerpt: None,
        review: None,
    }
}

fn verdict(drift: &Drift, totals: &[KindTotal]) -> Verdict {
    let sum = |of: fn(&KindTotal) -> usize| totals.iter().map(of).sum::<usize>();
    let mut verdict = Verdict {
        drift: !drift.is_empty(),
        missing: sum(|total| total.missing),
        extra: sum(|total| total.extra),
        changed: sum(|total| total.changed),
        renamed: sum(|total| total.renamed),
        ignored: drift.ignored.iter().map(|ignored| ignored.count).sum(),
        summary: String::new(),
    };
    verdict.summary =
        if verdict.drift { drift_summary(&verdict) } else { equal_summary(drift, &verdict) };
    verdict
}

fn drift_summary(verdict: &Verdict) -> String {
    let counts = [
        (verdict.missing, "missing"),
        (verdict.extra, "extra"),
        (verdict.changed, "changed"),
        (verdict.renamed, "renamed"),
    ];
    let mut words: Vec<String> = counts
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, word)| format!("{} {word}", number(*n)))
        .collect();
    if verdict.ignored > 0 {
        words.push(format!("{} ignored", counted(verdict.ignored, "difference")));
    }
    format!("drift: {}", words.join(", "))
}

/// An empty drift is a result: it says what was looked at.
fn equal_summary(drift: &Drift, verdict: &Verdict) -> String {
    let compared: Vec<String> = drift
        .totals
        .iter()
        .filter(|total| total.same > 0)
        .map(|total| kinds(total.same, total.kind))
        .collect();
    if drift.totals.iter().all(|total| total.from == 0 && total.to == 0) {
        return "no drift: neither side has any object to compare".to_owned();
    }
    let equal = if verdict.ignored > 0 {
        format!("equal but for {} that rules ignore", counted(verdict.ignored, "difference"))
    } else {
        "all equal".to_owned()
    };
    format!("no drift: {} compared; {equal}", compared.join(", "))
}

/// The changes, grouped by schema and by the object that they belong to.
fn schemas(changes: &[Change]) -> Vec<SchemaReport> {
    let mut schemas: BTreeMap<Option<&str>, BTreeMap<(usize, &str), Group<'_>>> = BTreeMap::new();
    for change in changes {
        let schema = match change.kind {
            Kind::Schema => Some(change.name.as_str()),
            _ => change.schema.as_deref(),
        };
        let whole = change.parent.as_ref().unwrap_or(&change.id);
        let group =
            schemas.entry(schema).or_default().entry((rank(whole), whole.as_str())).or_default();
        if change.parent.is_some() {
            group.parts.entry((change.change.into(), change.kind)).or_default().push(change);
        } else {
            group.own = Some(change);
        }
        group.id = Some(whole);
    }
    schemas
        .into_iter()
        .map(|(schema, groups)| SchemaReport {
            schema: schema.map(str::to_owned),
            objects: groups.into_values().filter_map(Group::report).collect(),
        })
        .collect()
}

/// The place of an object's kind among the kinds.
fn rank(id: &Id) -> usize {
    let kind = id.kind();
    Kind::ALL.iter().position(|known| known.as_str() == kind).unwrap_or(Kind::ALL.len())
}

#[derive(Default)]
struct Group<'a> {
    id: Option<&'a Id>,
    own: Option<&'a Change>,
    parts: BTreeMap<(Finding, Kind), Vec<&'a Change>>,
}

impl Group<'_> {
    fn report(self) -> Option<ObjectReport> {
        let id = self.id?.clone();
        // The identity of a default privilege is no name that anybody would write.
        let name = match self.own {
            Some(own) if own.kind == Kind::DefaultPrivilege => own.name.clone(),
            _ => id.name().to_owned(),
        };
        Some(ObjectReport {
            kind: id.kind().to_owned(),
            name,
            id,
            own: self.own.map(entry),
            parts: self
                .parts
                .into_iter()
                .map(|((finding, kind), changes)| PartsReport {
                    finding,
                    kind,
                    entries: changes.into_iter().map(entry).collect(),
                })
                .collect(),
        })
    }
}

fn entry(change: &Change) -> Entry {
    Entry {
        finding: change.change.into(),
        id: change.id.clone(),
        name: change.name.clone(),
        from_id: change.from_id.clone(),
        attributes: change.attributes.clone(),
    }
}
