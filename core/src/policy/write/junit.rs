//! The check as `JUnit`'s XML, which most CI systems show as tests: a rule is a test.

use super::lines;
use crate::policy::{CheckReport, RuleOutcome, Section, Severity, State, Status, Violation};
use crate::report::visible;

/// A suite for each section of the policy, a test for each rule. What is waived is skipped.
pub fn junit(report: &CheckReport) -> String {
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    let failures = report.rules.iter().filter(|rule| failed(rule)).count();
    let skipped = report.rules.iter().filter(|rule| rule.status == Status::Waived).count();
    out.push_str(&format!(
        "<testsuites name=\"pgparity check: {}\" tests=\"{}\" failures=\"{failures}\" \
         errors=\"0\" skipped=\"{skipped}\">\n",
        escaped(&report.snapshot.label),
        report.rules.len()
    ));
    for section in Section::ALL {
        let rules: Vec<&RuleOutcome> =
            report.rules.iter().filter(|rule| rule.section == section).collect();
        if !rules.is_empty() {
            suite(report, section, &rules, &mut out);
        }
    }
    out.push_str("</testsuites>\n");
    out
}

fn failed(rule: &RuleOutcome) -> bool {
    rule.violations.iter().any(is_failure)
}

fn is_failure(violation: &Violation) -> bool {
    violation.state != State::Waived && violation.severity == Severity::Error
}

fn suite(report: &CheckReport, section: Section, rules: &[&RuleOutcome], out: &mut String) {
    let count = |holds: fn(&RuleOutcome) -> bool| rules.iter().filter(|rule| holds(rule)).count();
    out.push_str(&format!(
        "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\">\n",
        section.word(),
        rules.len(),
        count(failed),
        count(|rule| rule.status == Status::Waived)
    ));
    for rule in rules {
        case(report, rule, out);
    }
    out.push_str("  </testsuite>\n");
}

fn case(report: &CheckReport, rule: &RuleOutcome, out: &mut String) {
    out.push_str(&format!(
        "    <testcase classname=\"pgparity.{}\" name=\"{}\"",
        rule.section.word(),
        escaped(&rule.title)
    ));
    if let Some(line) = rule.line {
        out.push_str(&format!(" file=\"{}\" line=\"{line}\"", escaped(&report.policy)));
    }
    out.push_str(">\n");
    let sentences = |wanted: &dyn Fn(&Violation) -> bool| -> Vec<String> {
        let found = rule.violations.iter().filter(|violation| wanted(violation));
        found.map(|violation| escaped(&lines::sentence(rule, violation))).collect()
    };
    let failures = sentences(&is_failure);
    if rule.status == Status::Waived {
        let waived = sentences(&|it| it.state == State::Waived);
        out.push_str(&format!("      <skipped message=\"{}\"/>\n", waived.join("; ")));
    } else if let Some(first) = rule.violations.iter().find(|violation| is_failure(violation)) {
        out.push_str(&format!(
            "      <failure type=\"{}\" message=\"{}\">{}</failure>\n",
            first.code.name(),
            escaped(&lines::sentence(rule, first)),
            failures.join("\n")
        ));
    }
    let mut said = vec![format!("{}: {} matched", rule.status.words(), rule.matched)];
    said.extend(sentences(&|it| !is_failure(it)));
    out.push_str(&format!("      <system-out>{}</system-out>\n    </testcase>\n", said.join("\n")));
}

/// A text between tags or in an attribute. XML knows no way to write most control characters; they are
/// written visibly, as everywhere.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            // Two code points that are no characters, which XML forbids.
            '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            _ => out.push(c),
        }
    }
    out
}
