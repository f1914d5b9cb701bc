//! A comparison of many snapshots as text and as Markdown.

use super::model::{Row, letter};
use super::report::{GroupDifference, GroupReport};
use crate::report::words::{counted, kind_word, number};
use crate::report::{
    Colour, Lines, MARKDOWN_LIMIT, Report, Section, Style, capital, code, differences, fit,
    heading, prose,
};

/// So many groups are shown in detail; of the others only how much differs.
const DETAILED: usize = 10;
/// So many objects are listed by their variants.
const OBJECTS: usize = 20;

impl GroupReport {
    /// The report as text: the groups, how each differs, and the objects that differ most.
    pub fn text(&self, style: Style) -> String {
        let mut lines = Lines::new(style);
        let colour = if self.equal { Colour::Good } else { Colour::Warning };
        lines.put(0, Some(colour), &capital(&self.summary));
        for group in &self.groups {
            lines.gap();
            lines.put(0, Some(Colour::Heading), &self.title(group));
            lines.put(2, None, &self.names(group).join(", "));
            if let Some(verdict) = &group.verdict {
                lines.put(2, Some(Colour::Warning), &capital(&verdict.summary));
            }
        }
        let detailed = self.groups.iter().filter(|group| group.differences.is_some());
        for group in detailed.clone().take(DETAILED) {
            let Some(report) = &group.differences else { continue };
            let (base, letter) = (self.baseline_letter(), &group.letter);
            heading(&mut lines, &format!("From group {letter} to group {base}"));
            differences(report, &mut lines);
        }
        let left = detailed.count().saturating_sub(DETAILED);
        if left > 0 {
            lines.gap();
            let text = format!("{} more in detail: --format json", counted(left, "group"));
            lines.put(0, Some(Colour::Dim), &text);
        }
        if self.groups.len() > 2 {
            self.objects(&mut lines);
        }
        lines.finish()
    }

    /// The report as Markdown that fits in a comment. What does not fit is counted.
    pub fn markdown(&self) -> String {
        let mut head = format!("## Comparison\n\n**{}**\n\n", prose(&capital(&self.summary)));
        head.push_str("| group | snapshots | difference |\n|---|---|---|\n");
        let mut sections = Vec::new();
        for group in self.groups.iter().take(DETAILED) {
            let count = number(group.snapshots.len());
            let told = group
                .verdict
                .as_ref()
                .map_or("the others are compared with it", |verdict| verdict.summary.as_str());
            head.push_str(&format!("| {} | {count} | {} |\n", group.letter, prose(told)));
            let mut members = Section::folded(&self.title(group), "", "snapshot");
            for name in self.names(group) {
                members.add(format!("- {}\n", code(name)));
            }
            sections.push(members);
            if let Some(report) = &group.differences {
                let base = self.baseline_letter();
                let title = format!("### From group {} to group {base}", group.letter);
                let mut section = Section::list(&title, "difference");
                for sentence in sentences(report) {
                    section.add(format!("- {}\n", code(&sentence)));
                }
                sections.push(section);
            }
        }
        let left = self.groups.len().saturating_sub(DETAILED);
        if left > 0 {
            head.push_str(&format!("\n{} more are not shown.\n", counted(left, "group")));
        }
        let short = format!("{}\n", prose(&capital(&self.summary)));
        sections.retain(|section| !section.blocks.is_empty());
        fit(&head, &short, &sections, MARKDOWN_LIMIT)
    }

    fn title(&self, group: &GroupDifference) -> String {
        let count = counted(group.snapshots.len(), "snapshot");
        let base = self.groups.get(self.baseline) == Some(group) && !self.equal;
        let base = if base { ", which the others are compared with" } else { "" };
        format!("Group {}: {count}{base}", group.letter)
    }

    /// Which variant how many have, of the objects that differ most.
    fn objects(&self, lines: &mut Lines) {
        heading(lines, "Objects by their variants");
        for row in self.objects.iter().take(OBJECTS) {
            lines.put(2, None, &variants_of(row));
        }
        if let Some(left) = self.objects.len().checked_sub(OBJECTS).filter(|left| *left > 0) {
            let text = format!("{} more: --format json", counted(left, "object"));
            lines.put(2, Some(Colour::Dim), &text);
        }
    }
}

/// `column public.orders.total: 990 × A, 8 × B, 2 without it`.
fn variants_of(row: &Row) -> String {
    let mut told: Vec<String> = row
        .variants
        .iter()
        .enumerate()
        .map(|(at, (_, count))| format!("{} × variant {}", number(count), letter(at)))
        .collect();
    if row.absent > 0 {
        told.push(format!("{} without it", number(row.absent)));
    }
    format!("{} {}: {}", kind_word(row.kind.as_str()), row.id.name(), told.join(", "))
}

/// What differs, a line each.
fn sentences(report: &Report) -> Vec<String> {
    let mut told = Vec::new();
    for object in report.schemas.iter().flat_map(|schema| &schema.objects) {
        let kind = kind_word(&object.kind);
        let own = object.own.iter().map(|own| (own.finding, kind.clone(), object.name.clone()));
        let parts = object.parts.iter().flat_map(|parts| {
            let kind = kind_word(parts.kind.as_str());
            let name = |entry: &str| format!("{}.{}", object.name, crate::sql::quote_ident(entry));
            parts.entries.iter().map(move |entry| (entry.finding, kind.clone(), name(&entry.name)))
        });
        for (finding, kind, name) in own.chain(parts) {
            told.push(format!("{} {kind} {name} {}", finding.sign(), finding.word()));
        }
    }
    told
}
