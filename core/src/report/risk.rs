//! The risk table of a plan in each form: a row for each change, and how long tables are closed.

use super::escape::{between_tags, code, prose};
use super::html_parts::name;
use super::markdown_fit::Section;
use super::model::PlanReport;
use super::text::heading;
use super::text_lines::{Colour, Lines};
use super::words::{counted, kind_word, number};
use crate::action::{Hazard, RiskLevel};
use crate::plan::{ChangeRisk, Closed, HeldLock, InScript, bytes_in_words};

/// The heads of the columns.
const COLUMNS: [&str; 8] =
    ["risk", "change", "hazards", "lock, and for how long", "work", "rows", "size", "way back"];

impl ChangeRisk {
    /// The kind and name of what differs.
    pub fn title(&self) -> String {
        format!("{} {}", kind_word(self.object.kind()), self.object.name())
    }

    /// The level, with a word where steps are not in the script.
    pub fn level_in_words(&self) -> String {
        let level = self.level.word();
        match self.in_script {
            InScript::Yes => level.to_owned(),
            InScript::Partly => format!("{level} (partly in the script)"),
            InScript::No => format!("{level} (not in the script)"),
        }
    }

    /// `step 4`, `steps 4, 5`.
    pub fn steps_in_words(&self) -> String {
        let numbers: Vec<String> = self.steps.iter().map(number).collect();
        let word = if numbers.len() == 1 { "step" } else { "steps" };
        format!("{word} {}", numbers.join(", "))
    }

    /// Its hazards by name.
    fn hazard_names(&self) -> Vec<&'static str> {
        self.hazards.iter().copied().map(Hazard::name).collect()
    }

    /// `1,262`, or that nobody knows.
    pub fn rows_in_words(&self) -> String {
        self.rows.map_or_else(unknown, number)
    }

    /// `2.1 GB`, or that nobody knows.
    pub fn size_in_words(&self) -> String {
        self.bytes.map_or_else(unknown, bytes_in_words)
    }

    /// The strongest lock, or that there is none on what exists.
    pub fn lock_in_words(&self) -> String {
        self.lock.as_ref().map_or_else(|| "none".to_owned(), HeldLock::in_words)
    }

    /// `reads all rows, up to 3 s`.
    pub fn work_in_words(&self) -> String {
        format!("{}, {}", self.work.words(), self.takes.in_words())
    }
}

impl HeldLock {
    /// `ACCESS EXCLUSIVE on public.orders, up to 3 s: readers and writers wait`.
    pub fn in_words(&self) -> String {
        let (mode, on) = (self.mode.name(), self.on.name());
        format!("{mode} on {on}, {}: {}", self.held.in_words(), self.waiting())
    }
}

impl Closed {
    /// `public.orders (2.1 GB): to writers up to 3 s, to readers never`.
    pub fn in_words(&self) -> String {
        let readers = match self.readers {
            none if none.is_none() => "never".to_owned(),
            some => some.in_words(),
        };
        format!(
            "{} ({}, {}): to writers {}, to readers {readers}",
            self.relation.name(),
            self.rows
                .map_or_else(|| "unknown rows".to_owned(), |rows| format!("{} rows", number(rows))),
            self.bytes.map_or_else(|| "unknown size".to_owned(), bytes_in_words),
            self.writers.in_words(),
        )
    }
}

fn unknown() -> String {
    "unknown".to_owned()
}

fn colour(level: RiskLevel) -> Option<Colour> {
    match level {
        RiskLevel::High => Some(Colour::Bad),
        RiskLevel::Medium => Some(Colour::Warning),
        RiskLevel::Low => None,
    }
}

/// The heading of the list of tables that are closed.
fn closed_heading(plan: &PlanReport) -> String {
    format!("Closed meanwhile: {}", counted(plan.risk.downtime.relations.len(), "table"))
}

/// Risk and downtime in short, for the head of a report.
pub(super) fn in_short(plan: &PlanReport) -> [(&'static str, &str); 2] {
    [("Risk", &plan.risk.summary), ("Downtime", &plan.risk.downtime.summary)]
}

/// The table as text, each row in a few lines.
pub(super) fn text(plan: &PlanReport, lines: &mut Lines) {
    let risk = &plan.risk;
    if risk.changes.is_empty() {
        return;
    }
    heading(lines, &format!("Risk: {}", risk.summary));
    for change in &risk.changes {
        let (level, title) = (change.level_in_words(), change.title());
        let hazards = change.hazard_names().join(", ");
        let hazards = if hazards.is_empty() { String::new() } else { format!(": {hazards}") };
        let head = format!("{level}  {title} ({}){hazards}", change.steps_in_words());
        lines.put(2, colour(change.level), &head);
        lines.put(6, None, &format!("lock: {}", change.lock_in_words()));
        lines.put(
            6,
            None,
            &format!(
                "{} · rows {} · size {} · way back: {}",
                change.work_in_words(),
                change.rows_in_words(),
                change.size_in_words(),
                change.way_back.word()
            ),
        );
    }
    heading(lines, &format!("Downtime: {}", risk.downtime.summary));
    for closed in &risk.downtime.relations {
        lines.put(2, None, &closed.in_words());
    }
    for reason in &risk.downtime.unknown {
        lines.put(2, Some(Colour::Warning), &format!("unknown, because {reason}"));
    }
}

/// The table, and the tables that are closed, as folded sections of Markdown.
pub(super) fn markdown(plan: &PlanReport) -> [Section; 2] {
    let risk = &plan.risk;
    let top = format!("| {} |\n|{}\n", COLUMNS.join(" | "), "---|".repeat(COLUMNS.len()));
    let summary = format!("Risk of {}", counted(risk.changes.len(), "change"));
    let mut table = Section::folded(&summary, &top, "change");
    for change in &risk.changes {
        let cells = [
            prose(&change.level_in_words()),
            format!(
                "{} {}<br>({})",
                kind_word(change.object.kind()),
                code(change.object.name()),
                change.steps_in_words()
            ),
            change.hazard_names().into_iter().map(code).collect::<Vec<_>>().join("<br>"),
            prose(&change.lock_in_words()),
            prose(&change.work_in_words()),
            change.rows_in_words(),
            change.size_in_words(),
            change.way_back.word().to_owned(),
        ];
        table.add(format!("| {} |\n", cells.join(" | ")));
    }
    let mut closed = Section::folded(&closed_heading(plan), "", "line");
    for relation in &risk.downtime.relations {
        closed.add(format!("- {}\n", prose(&relation.in_words())));
    }
    for reason in &risk.downtime.unknown {
        closed.add(format!("- unknown, because {}\n", prose(reason)));
    }
    [table, closed]
}

/// The table, and the tables that are closed, as HTML.
pub(super) fn html(plan: &PlanReport, wide: &str, out: &mut String) {
    let risk = &plan.risk;
    if risk.changes.is_empty() {
        return;
    }
    out.push_str("<h2>Risk</h2>\n");
    out.push_str(wide);
    out.push_str("<table>\n<caption>Risk of each change</caption>\n<tr>");
    for column in COLUMNS {
        out.push_str(&format!("<th scope=\"col\">{column}</th>"));
    }
    out.push_str("</tr>\n");
    for change in &risk.changes {
        let object = format!(
            "{} {} ({})",
            kind_word(change.object.kind()),
            name(change.object.name()),
            change.steps_in_words()
        );
        out.push_str(&format!(
            "<tr><td>{}</td><th scope=\"row\">{object}</th>",
            change.level_in_words()
        ));
        for cell in
            [change.hazard_names().join(", "), change.lock_in_words(), change.work_in_words()]
        {
            out.push_str(&format!("<td>{}</td>", between_tags(&cell)));
        }
        out.push_str(&format!(
            "<td class=\"n\">{}</td><td class=\"n\">{}</td><td>{}</td></tr>\n",
            change.rows_in_words(),
            change.size_in_words(),
            change.way_back.word()
        ));
    }
    out.push_str("</table>\n</div>\n");
    let downtime = &risk.downtime;
    if downtime.relations.is_empty() && downtime.unknown.is_empty() {
        return;
    }
    out.push_str(&format!("<h2>{}</h2>\n<ul>\n", closed_heading(plan)));
    for relation in &downtime.relations {
        out.push_str(&format!("<li>{}</li>\n", between_tags(&relation.in_words())));
    }
    for reason in &downtime.unknown {
        out.push_str(&format!("<li>unknown, because {}</li>\n", between_tags(reason)));
    }
    out.push_str("</ul>\n");
}
