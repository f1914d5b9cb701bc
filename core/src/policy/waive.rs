//! Waivers: who answers for what is wrong, and until when.

use super::catalog::Glob;
use super::effective::Effective;
use super::evaluate::outcome;
use super::{
    Code, Date, Place, RuleOutcome, Section, Severity, State, Status, Violation, WaivedBy, Waiver,
};
use crate::objects::Kind;

/// Puts waivers on the violations that they cover, gives each rule its status, and adds the waivers
/// themselves as rules. A waiver holds to the end of its day.
pub(super) fn waive(rules: &mut Vec<RuleOutcome>, effective: &Effective<'_>, today: Date) {
    let waivers: Vec<(Place, &Waiver)> = effective
        .layers
        .iter()
        .flat_map(|layer| {
            let place = layer.place.key("waivers");
            layer.rules.waivers.iter().enumerate().map(move |(at, it)| (place.index(at), it))
        })
        .collect();
    let globs: Vec<Glob<'_>> = waivers.iter().map(|(_, it)| Glob::new(&it.identity)).collect();
    let expired = effective.severity(Code::ExpiredWaiver, Section::Waiver);
    let mut matched = vec![0; waivers.len()];
    let violations = rules.iter_mut().flat_map(|rule| {
        let tool = rule.tool.as_deref();
        rule.violations.iter_mut().map(move |violation| (tool, violation))
    });
    for (tool, violation) in violations {
        let covering = |(at, ((_, waiver), glob)): (usize, (&(Place, &Waiver), &Glob<'_>))| {
            let covers = is_about(waiver, violation, tool) && glob.matches(&violation.name);
            covers.then_some(at)
        };
        let covering: Vec<usize> =
            waivers.iter().zip(&globs).enumerate().filter_map(covering).collect();
        for at in &covering {
            if let Some(count) = matched.get_mut(*at) {
                *count += 1;
            }
        }
        // One that holds is worth more than one that does not any more.
        let covering = covering.iter().filter_map(|at| waivers.get(*at));
        if let Some((place, waiver)) = covering.max_by_key(|(_, waiver)| waiver.expires) {
            apply(violation, place, waiver, today, expired);
        }
    }
    settle(rules);
    for ((place, waiver), matched) in waivers.into_iter().zip(matched) {
        rules.push(own_outcome(place, waiver, matched, today, expired));
    }
}

/// True for a waiver of such violations, whatever they are named. A violation of migrations has no kind.
fn is_about(waiver: &Waiver, violation: &Violation, tool: Option<&str>) -> bool {
    match waiver.finding {
        Some(finding) => {
            finding.code() == violation.code
                && (waiver.tool.is_none() || waiver.tool.as_deref() == tool)
        }
        None => {
            waiver.kind.is_some()
                && waiver.kind == violation.kind
                && (waiver.attribute.is_none() || waiver.attribute == violation.attribute)
        }
    }
}

fn apply(
    violation: &mut Violation,
    place: &Place,
    waiver: &Waiver,
    today: Date,
    expired: Severity,
) {
    violation.waiver = Some(WaivedBy {
        owner: waiver.owner.clone(),
        reason: waiver.reason.clone(),
        expires: waiver.expires,
        place: place.clone(),
    });
    if waiver.expires < today {
        violation.state = State::WaiverExpired;
        violation.severity = violation.severity.max(expired);
    } else {
        violation.state = State::Waived;
    }
}

/// The status of each rule, out of its violations. A column of a missing table has none of its own and
/// stands as its table does.
fn settle(rules: &mut [RuleOutcome]) {
    // The last table that was missing; at first none, so that everything is below it and passes.
    let mut table = (Place::default(), Status::Passed);
    for rule in rules {
        if rule.section == Section::Ignored {
            continue;
        }
        let open = |severity| {
            let counts = |it: &&Violation| it.state != State::Waived && it.severity == severity;
            rule.violations.iter().find(counts)
        };
        let lapsed = rule.violations.iter().any(|it| it.state == State::WaiverExpired);
        rule.status = if rule.violations.is_empty() {
            let below = rule.place.0.starts_with(&table.0.0);
            if below { table.1 } else { Status::Passed }
        } else if lapsed {
            Status::WaiverExpired
        } else if open(Severity::Error).is_some() {
            Status::Failed
        } else if open(Severity::Warning).is_some() {
            Status::Warning
        } else {
            Status::Waived
        };
        let missing = rule.violations.iter().any(|it| it.code == Code::Missing);
        if rule.kind == Some(Kind::Table) && missing {
            table = (rule.place.clone(), rule.status);
        }
    }
}

fn own_outcome(
    place: Place,
    waiver: &Waiver,
    matched: usize,
    today: Date,
    severity: Severity,
) -> RuleOutcome {
    let mut own = outcome(Section::Waiver, place, waiver.kind, &waiver.identity);
    own.title = format!("{}: {}", Section::Waiver.word(), waiver.subject());
    own.tool.clone_from(&waiver.tool);
    if let Some(attribute) = &waiver.attribute {
        own.title.push_str(&format!(", {attribute}"));
    }
    own.title.push_str(&format!(", until {} by {}", waiver.expires, waiver.owner));
    own.reason = Some(waiver.reason.clone());
    own.matched = matched;
    own.status = match (waiver.expires < today, matched) {
        (false, 0) => Status::MatchedNothing,
        (false, _) => Status::Waived,
        (true, _) => Status::WaiverExpired,
    };
    if own.status == Status::WaiverExpired {
        let left = match matched {
            0 => "nothing needs it any more: remove it",
            _ => "what it covered counts again",
        };
        own.violations.push(Violation {
            code: Code::ExpiredWaiver,
            severity,
            state: State::Open,
            kind: waiver.kind,
            name: waiver.identity.clone(),
            attribute: waiver.attribute.clone(),
            expected: None,
            found: None,
            message: format!(
                "the waiver of {} for {} ended with {}; {left}",
                waiver.owner,
                waiver.subject(),
                waiver.expires
            ),
            waiver: None,
        });
    }
    own
}
