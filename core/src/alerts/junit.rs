//! Alerts as `JUnit`'s XML, which most CI systems show as tests.

use super::model::{Alert, Alerts, Test, Weight};
use crate::report::visible;

/// The tests in their suites. What is waived is skipped.
pub fn junit(alerts: &Alerts) -> String {
    let tests: Vec<&Test> = alerts.tests.iter().collect();
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"pgparity {}: {}\"{}>\n",
        alerts.command,
        escaped(&alerts.subject),
        counts(&tests)
    );
    for suite in &alerts.suites {
        let tests: Vec<&Test> = tests.iter().copied().filter(|it| it.suite == *suite).collect();
        if tests.is_empty() {
            continue;
        }
        let name = escaped(suite);
        out.push_str(&format!("  <testsuite name=\"{name}\"{}>\n", counts(&tests)));
        for test in tests {
            case(test, &mut out);
        }
        out.push_str("  </testsuite>\n");
    }
    out.push_str("</testsuites>\n");
    out
}

fn counts(tests: &[&Test]) -> String {
    let count = |holds: fn(&Test) -> bool| tests.iter().filter(|test| holds(test)).count();
    format!(
        " tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\"",
        tests.len(),
        count(Test::failed),
        count(|test| test.skipped)
    )
}

fn case(test: &Test, out: &mut String) {
    out.push_str(&format!(
        "    <testcase classname=\"pgparity.{}\" name=\"{}\"",
        escaped(&test.suite),
        escaped(&test.title)
    ));
    if let Some(line) = test.place.line {
        out.push_str(&format!(" file=\"{}\" line=\"{line}\"", escaped(&test.place.path)));
    }
    out.push_str(">\n");
    let is_failure = |alert: &Alert| alert.weight() == Weight::Error;
    let sentences = |wanted: &dyn Fn(&Alert) -> bool| -> Vec<String> {
        let found = test.alerts.iter().filter(|alert| wanted(alert));
        found.map(|alert| escaped(&alert.message)).collect()
    };
    if test.skipped {
        let waived = sentences(&|it| it.waived.is_some());
        out.push_str(&format!("      <skipped message=\"{}\"/>\n", waived.join("; ")));
    } else if let Some(first) = test.alerts.iter().find(|alert| is_failure(alert)) {
        out.push_str(&format!(
            "      <failure type=\"{}\" message=\"{}\">{}</failure>\n",
            first.sort,
            escaped(&first.message),
            sentences(&is_failure).join("\n")
        ));
    }
    let mut said: Vec<String> = test.said.lines().map(escaped).collect();
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
