//! A small line diff of two texts, for definitions and bodies.

use std::ops::Range;

use crate::align::{Step, align};

/// Lines of unchanged text around a difference.
const CONTEXT: usize = 2;

/// Longer texts are not compared line by line, which could take long.
const MAX_LINES: usize = 5_000;

/// What happened to a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// It is on both sides.
    Same,
    /// Only `from` has it.
    Removed,
    /// Only `to` has it.
    Added,
    /// It is no line of the texts but a remark.
    Remark,
}

impl Mark {
    /// The sign in front of the line.
    pub(super) fn sign(self) -> char {
        match self {
            Mark::Same => ' ',
            Mark::Removed => '-',
            Mark::Added => '+',
            Mark::Remark => '@',
        }
    }
}

/// A line, without its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) mark: Mark,
    pub(super) text: String,
}

/// The differing lines with their surroundings, at most `limit` of them. When the limit cuts
/// something off, the last line says how much.
pub(super) fn line_diff(from: &str, to: &str, limit: usize) -> Vec<Line> {
    let mut lines = if from.lines().count().max(to.lines().count()) > MAX_LINES {
        whole(from, Mark::Removed).chain(whole(to, Mark::Added)).collect()
    } else {
        hunks(from, to)
    };
    if lines.len() > limit {
        let left_out = lines.len() - limit;
        lines.truncate(limit);
        lines.push(remark(format!("{left_out} more lines of this difference are left out")));
    }
    lines
}

fn whole(text: &str, mark: Mark) -> impl Iterator<Item = Line> + '_ {
    text.lines().map(move |line| Line { mark, text: line.to_owned() })
}

fn remark(text: String) -> Line {
    Line { mark: Mark::Remark, text }
}

fn hunks(from: &str, to: &str) -> Vec<Line> {
    let end_differs = from.ends_with('\n') != to.ends_with('\n');
    let old: Vec<&str> = from.split_inclusive('\n').collect();
    let new: Vec<&str> = to.split_inclusive('\n').collect();
    let mut lines = Vec::new();
    let mut add = |mark: Mark, line: &str| {
        let text = line.strip_suffix('\n');
        lines.push(Line { mark, text: text.unwrap_or(line).to_owned() });
        if end_differs && matches!(mark, Mark::Removed | Mark::Added) && text.is_none() {
            lines.push(remark("no newline at the end".to_owned()));
        }
    };
    let steps = align(&old, &new).steps;
    for (at, step) in steps.iter().enumerate() {
        if !step.same {
            old[step.old.clone()].iter().for_each(|line| add(Mark::Removed, line));
            new[step.new.clone()].iter().for_each(|line| add(Mark::Added, line));
            continue;
        }
        let (before, after) = surroundings(step, at == 0, at + 1 == steps.len());
        old[before.clone()].iter().for_each(|line| add(Mark::Same, line));
        if before.end < after.start && at > 0 && at + 1 < steps.len() {
            add(Mark::Remark, "…");
        }
        old[after].iter().for_each(|line| add(Mark::Same, line));
    }
    lines
}

/// The unchanged lines behind a difference, and those in front of the next one.
fn surroundings(step: &Step, first: bool, last: bool) -> (Range<usize>, Range<usize>) {
    let Range { start, end } = step.old;
    let behind = if first { 0 } else { CONTEXT };
    let in_front = if last { 0 } else { CONTEXT };
    if step.old.len() <= behind + in_front {
        return if first && last { (start..start, end..end) } else { (start..end, end..end) };
    }
    (start..start + behind, end - in_front..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(from: &str, to: &str, limit: usize) -> Vec<String> {
        let lines = line_diff(from, to, limit);
        lines.iter().map(|line| format!("{}{}", line.mark.sign(), line.text)).collect()
    }

    fn numbered(lines: usize) -> String {
        let lines: Vec<String> = (0..lines).map(|n| n.to_string()).collect();
        format!("{}\n", lines.join("\n"))
    }

    #[test]
    fn what_differs_is_shown_with_its_surroundings() {
        assert_eq!(
            shown("a\nb\nc\nd\ne\nf", "a\nb\nc\nX\ne\nf", 99),
            [" b", " c", "-d", "+X", " e", " f"]
        );
        assert_eq!(shown("a\nb", "a\nb", 99), Vec::<String>::new());
    }

    #[test]
    fn differences_far_apart_stand_apart() {
        let lines = shown("X\na\nb\nc\nd\ne\nY\n", "a\nb\nc\nd\ne\nZ\n", 99);
        assert_eq!(lines, ["-X", " a", " b", "@…", " d", " e", "-Y", "+Z"]);
        let lines = shown("X\na\nb\nc\nd\nY\n", "a\nb\nc\nd\nZ\n", 99);
        assert_eq!(lines, ["-X", " a", " b", " c", " d", "-Y", "+Z"]);
    }

    #[test]
    fn the_end_of_the_last_line_counts() {
        assert_eq!(shown("a", "a\n", 99), ["-a", "@no newline at the end", "+a"]);
    }

    #[test]
    fn a_limit_says_what_it_cuts_off() {
        let long: String = numbered(20);
        let lines = shown("", &long, 5);
        assert_eq!(lines.len(), 6);
        assert_eq!(lines[5], "@15 more lines of this difference are left out");
    }

    #[test]
    fn very_long_texts_are_shown_whole() {
        let long: String = numbered(6_000);
        let lines = shown(&long, "one", 10_000);
        assert_eq!((lines.len(), lines[6_000].as_str()), (6_001, "+one"));
    }
}
