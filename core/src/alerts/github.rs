//! Alerts as workflow commands of GitHub Actions, which become annotations.
//!
//! GitHub documentation, "Workflow commands for GitHub Actions": what would end a command or one of
//! its properties is written by its number.

use super::model::{Alerts, Place, Weight};
use crate::report::{capital, visible};

/// A line for each alert, the errors first, and one for the result. GitHub shows ten of a sort for
/// a step; the others are in its log.
pub fn github(alerts: &Alerts) -> String {
    let mut out = String::new();
    for weight in Weight::ALL {
        let command = match weight {
            Weight::Error => "error",
            Weight::Warning => "warning",
            Weight::Note | Weight::Waived => "notice",
        };
        for (test, alert) in alerts.weighing(weight) {
            let title = format!("pgparity: {}", alert.sort);
            out.push_str(&line(command, Some(&test.place), &title, &alert.message));
        }
    }
    let title = format!("pgparity {}", alerts.command);
    out.push_str(&line("notice", None, &title, &capital(&alerts.summary)));
    out
}

fn line(command: &str, place: Option<&Place>, title: &str, message: &str) -> String {
    let mut properties = Vec::new();
    if let Some((path, number)) = place.and_then(|place| Some((&place.path, place.line?))) {
        properties.push(format!("file={},line={number}", property(path)));
    }
    properties.push(format!("title={}", property(title)));
    format!("::{command} {}::{}\n", properties.join(","), data(message))
}

/// Behind the colons. Names cannot hold line breaks here: they are written visibly.
fn data(text: &str) -> String {
    visible(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Before the colons, where these and commas have a meaning too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
