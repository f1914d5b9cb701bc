//! Two definitions side by side: lines are aligned by what they are about, and what differs inside
//! a line is marked word by word.

use std::collections::{BTreeMap, BTreeSet};

use pgparity_core::align::{Step, align, alike};

use crate::engine::glyphs::visible;
use crate::protocol::{DiffLine, DiffRow, DiffSpan, LineKind, TextDiff};
use crate::sql_lexer::{Class, tokens};

/// Stands before a name that a line is recognised by; no line of text starts with it.
const NAMED: char = '\0';
/// Lines with more words than that are not compared word by word.
const MOST_WORDS: usize = 400;

/// How lines find their partner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alignment {
    /// By their text.
    ByText,
    /// By the name they begin with: the columns and constraints of a table, which keep their
    /// identity wherever they stand.
    ByName,
}

/// One line of a definition, in words of one class each.
struct Line<'a> {
    number: usize,
    words: Vec<(Class, &'a str)>,
}

impl Line<'_> {
    fn text(&self) -> String {
        self.words.iter().map(|word| word.1).collect()
    }
}

/// Compares two definitions. A side without one contributes no lines. Without blanks, white space
/// makes no difference.
pub(super) fn compare(
    from: Option<&str>,
    to: Option<&str>,
    alignment: Alignment,
    no_blanks: bool,
) -> TextDiff {
    let (left, right) =
        (lines(from.unwrap_or_default(), no_blanks), lines(to.unwrap_or_default(), no_blanks));
    let keys = |lines: &[Line<'_>]| keys(lines, alignment, no_blanks);
    let (left_keys, right_keys) = (keys(&left), keys(&right));
    let (a, b) = (borrowed(&left_keys), borrowed(&right_keys));
    let aligned = align(&a, &b);
    let (rough, aligned) = (aligned.coarse, aligned.steps);
    let moved = match alignment {
        ByText => BTreeMap::new(),
        ByName => moved(&aligned, &left_keys, &right_keys),
    };
    let gone: BTreeSet<usize> = moved.values().copied().collect();
    let mut out = TextDiff { rough, ..TextDiff::default() };
    for op in &aligned {
        let (left_at, right_at) = (op.old.clone(), op.new.clone());
        if op.same {
            for (l, r) in left_at.zip(right_at).filter_map(|(l, r)| left.get(l).zip(right.get(r))) {
                out.push_pair(l, r, LineKind::Changed, no_blanks);
            }
            continue;
        }
        let mut waiting =
            left_at.filter(|at| !gone.contains(at)).filter_map(|at| left.get(at)).peekable();
        let mut missing = Vec::new();
        for at in right_at {
            let Some(line) = right.get(at) else { continue };
            if let Some(old) = moved.get(&at).and_then(|at| left.get(*at)) {
                out.push_pair(old, line, LineKind::Moved, no_blanks);
            } else if let Some(old) = waiting.next_if(|old| may_be_one(old, line, alignment)) {
                out.push_pair(old, line, LineKind::Changed, no_blanks);
            } else {
                out.rows.extend(waiting.next().map(extra));
                missing.push(line);
            }
        }
        out.rows.extend(waiting.map(extra));
        out.rows.extend(missing.into_iter().map(|line| DiffRow {
            kind: LineKind::Missing,
            left: None,
            right: Some(shown(line, &[])),
        }));
    }
    out
}

/// True for two lines at one place that are one line, changed. Where names align, a line with a
/// name is never another one.
fn may_be_one(left: &Line<'_>, right: &Line<'_>, alignment: Alignment) -> bool {
    let named = |line: &Line<'_>| alignment == ByName && name_of(&line.text()).is_some();
    !named(left) && !named(right) && lines_alike(left, right)
}

use Alignment::{ByName, ByText};

impl TextDiff {
    /// Adds two lines that are one, with what differs in them marked.
    fn push_pair(
        &mut self,
        left: &Line<'_>,
        right: &Line<'_>,
        otherwise: LineKind,
        no_blanks: bool,
    ) {
        let (a, b) = (trimmed(left), trimmed(right));
        let counts = |word: &&(Class, &str)| !no_blanks || !is_blank(word);
        let texts_of =
            |words: &[(Class, &str)]| words.iter().filter(counts).map(|w| w.1).collect::<String>();
        let equal = texts_of(a) == texts_of(b);
        let too_long = a.len().max(b.len()) > MOST_WORDS;
        let (mut left_marks, mut right_marks) = (vec![false; a.len()], vec![false; b.len()]);
        if !equal && !too_long {
            let (a, b) = (texts(a), texts(b));
            for step in align(&a, &b).steps {
                if !step.same {
                    mark(&mut left_marks, step.old);
                    mark(&mut right_marks, step.new);
                }
            }
        }
        self.coarse |= too_long && !equal;
        let kind =
            if equal && otherwise == LineKind::Changed { LineKind::Equal } else { otherwise };
        self.rows.push(DiffRow {
            kind,
            left: Some(shown(left, &left_marks)),
            right: Some(shown(right, &right_marks)),
        });
    }
}

fn is_blank(word: &(Class, &str)) -> bool {
    word.1.trim().is_empty()
}

fn mark(marks: &mut [bool], range: std::ops::Range<usize>) {
    if let Some(place) = marks.get_mut(range) {
        place.fill(true);
    }
}

fn extra(line: &Line<'_>) -> DiffRow {
    DiffRow { kind: LineKind::Extra, left: Some(shown(line, &[])), right: None }
}

/// A line with its marks, neighbours of one class and mark put together.
fn shown(line: &Line<'_>, marks: &[bool]) -> DiffLine {
    let mut spans: Vec<DiffSpan> = Vec::new();
    for (at, (class, text)) in line.words.iter().enumerate() {
        let marked = marks.get(at).copied().unwrap_or(false);
        let text = visible(text);
        match spans.last_mut() {
            Some(last) if last.class == *class && last.marked == marked => {
                last.text.push_str(&text);
            }
            _ => spans.push(DiffSpan { text: text.into_owned(), class: *class, marked }),
        }
    }
    DiffLine { number: line.number, spans }
}

/// Cuts a definition into lines, and those into words; without blanks, empty lines are left out.
fn lines(sql: &str, no_blanks: bool) -> Vec<Line<'_>> {
    if sql.is_empty() {
        return Vec::new();
    }
    let mut found = vec![Line { number: 1, words: Vec::new() }];
    for token in tokens(sql) {
        for (at, part) in token.text.split('\n').enumerate() {
            if at > 0 {
                found.push(Line { number: found.len() + 1, words: Vec::new() });
            }
            if let Some(line) = found.last_mut() {
                line.words.extend(words(part).map(|word| (token.class, word)));
            }
        }
    }
    while found.last().is_some_and(|line| line.words.is_empty()) {
        found.pop();
    }
    found.retain(|line| !no_blanks || line.words.iter().any(|word| !is_blank(word)));
    found
}

/// Cuts a text into runs of letters, runs of spaces, and single signs.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let class = |c: char| {
        if c.is_alphanumeric() || c == '_' { 0 } else { u8::from(!c.is_whitespace()) + 1 }
    };
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = if class(first) == 2 {
            first.len_utf8()
        } else {
            rest.find(|c| class(c) != class(first)).unwrap_or(rest.len())
        };
        let (word, after) = rest.split_at(end);
        rest = after;
        Some(word)
    })
}

/// A line without the comma at its end, which only says that another line follows.
fn trimmed<'l, 'a>(line: &'l Line<'a>) -> &'l [(Class, &'a str)] {
    match line.words.split_last() {
        Some(((Class::Sign, ","), rest)) => rest,
        _ => &line.words,
    }
}

fn texts<'a>(words: &[(Class, &'a str)]) -> Vec<&'a str> {
    words.iter().map(|word| word.1).collect()
}

/// True when two lines share enough to be one line, changed.
fn lines_alike(left: &Line<'_>, right: &Line<'_>) -> bool {
    if left.words.len().max(right.words.len()) > MOST_WORDS {
        return false;
    }
    alike(&texts(&left.words), &texts(&right.words))
}

/// What a line is recognised by: its name where it has one that counts, else its text.
fn keys(lines: &[Line<'_>], alignment: Alignment, no_blanks: bool) -> Vec<String> {
    let text = |line: &Line<'_>| {
        let words = line.words.iter().filter(|word| !no_blanks || !is_blank(word));
        words.map(|word| word.1).collect::<String>()
    };
    let key = |line: &Line<'_>| match alignment {
        ByText => text(line),
        ByName => name_of(&line.text()).unwrap_or_else(|| text(line)),
    };
    lines.iter().map(key).collect()
}

/// The name that an indented line begins with: of a column, or of a constraint.
fn name_of(line: &str) -> Option<String> {
    if !line.starts_with([' ', '\t']) {
        return None;
    }
    let pieces = tokens(line.trim_start());
    let mut pieces = pieces.iter().filter(|token| !token.text.trim().is_empty());
    let first = pieces.next()?;
    if first.class == Class::Keyword && first.text == "CONSTRAINT" {
        return pieces.next().map(|name| format!("{NAMED}CONSTRAINT {}", name.text));
    }
    Some(format!("{NAMED}{}", first.text))
}

/// The named lines of the right side that stand elsewhere on the left: their places, right to left.
/// A name that occurs twice on a side says nothing.
fn moved(ops: &[Step], left: &[String], right: &[String]) -> BTreeMap<usize, usize> {
    let unmatched = |range: fn(&Step) -> std::ops::Range<usize>, keys: &[String]| {
        let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for at in ops.iter().filter(|step| !step.same).flat_map(range) {
            if let Some(key) = keys.get(at).filter(|key| key.starts_with(NAMED)) {
                places.entry(key.clone()).or_default().push(at);
            }
        }
        places
    };
    let from = unmatched(|step| step.old.clone(), left);
    let to = unmatched(|step| step.new.clone(), right);
    to.iter()
        .filter_map(|(key, places)| match (places.as_slice(), from.get(key)?.as_slice()) {
            ([right], [left]) => Some((*right, *left)),
            _ => None,
        })
        .collect()
}

fn borrowed(keys: &[String]) -> Vec<&str> {
    keys.iter().map(String::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One line per row: a sign, and both sides with their marks in brackets.
    fn drawn(from: &str, to: &str, alignment: Alignment) -> Vec<String> {
        let line = |line: &Option<DiffLine>| -> String {
            line.iter()
                .flat_map(|line| &line.spans)
                .map(|s| if s.marked { format!("[{}]", s.text) } else { s.text.clone() })
                .collect::<String>()
                .replace("][", "")
        };
        compare(Some(from), Some(to), alignment, false)
            .rows
            .iter()
            .map(|row| match row.kind {
                LineKind::Equal => format!("= {}", line(&row.right)),
                LineKind::Changed => format!("~ {} → {}", line(&row.left), line(&row.right)),
                LineKind::Moved => format!("> {} → {}", line(&row.left), line(&row.right)),
                LineKind::Extra => format!("- {}", line(&row.left)),
                LineKind::Missing => format!("+ {}", line(&row.right)),
            })
            .collect()
    }

    #[test]
    fn a_changed_word_is_marked() {
        assert_eq!(
            drawn("SELECT a\nFROM t", "SELECT b\nFROM t", ByText),
            ["~ SELECT [a] → SELECT [b]", "= FROM t"]
        );
    }

    #[test]
    fn lines_that_share_little_are_two() {
        assert_eq!(
            drawn("SELECT a", "RETURN QUERY EXECUTE 'x'", ByText),
            ["- SELECT a", "+ RETURN QUERY EXECUTE 'x'"]
        );
    }

    #[test]
    fn a_column_meets_itself_whatever_its_type() {
        let from = "CREATE TABLE t (\n    a integer,\n    b text\n)";
        let to = "CREATE TABLE t (\n    a bigint NOT NULL,\n    b text,\n    c uuid\n)";
        assert_eq!(
            drawn(from, to, ByName),
            [
                "= CREATE TABLE t (",
                "~     a [integer], →     a [bigint NOT NULL],",
                "=     b text,",
                "+     c uuid",
                "= )"
            ]
        );
    }

    #[test]
    fn a_column_at_another_place_is_moved() {
        let from = "CREATE TABLE t (\n    a integer,\n    b text,\n    c uuid\n)";
        let to = "CREATE TABLE t (\n    b text,\n    c uuid,\n    a integer\n)";
        let rows = drawn(from, to, ByName);
        assert!(rows.contains(&">     a integer, →     a integer".to_owned()), "{rows:?}");
        assert_eq!(rows.iter().filter(|row| row.starts_with('=')).count(), 4, "{rows:?}");
    }

    #[test]
    fn statements_behind_a_table_stay_in_their_order() {
        let from =
            "CREATE TABLE t (\n    a int\n);\n\nCOMMENT ON COLUMN t.a IS 'x';\n\nGRANT SELECT;";
        let to = "CREATE TABLE t (\n    a int\n);\n\nGRANT SELECT;";
        let rows = drawn(from, to, ByName);
        assert!(rows.iter().all(|row| !row.starts_with('>')), "{rows:?}");
        assert_eq!(rows.iter().filter(|row| row.starts_with('-')).count(), 2, "{rows:?}");
    }

    #[test]
    fn one_side_alone_is_all_missing_or_extra() {
        let rows = compare(None, Some("SELECT 1"), ByText, false).rows;
        assert_eq!(rows.iter().map(|row| row.kind).collect::<Vec<_>>(), [LineKind::Missing]);
    }

    #[test]
    fn a_string_over_lines_keeps_its_class() {
        let rows = compare(None, Some("$$\nbegin\n$$"), ByText, false).rows;
        assert!(
            rows.iter()
                .all(|row| row.right.as_ref().is_some_and(|l| l.spans[0].class == Class::Text))
        );
    }

    #[test]
    fn white_space_makes_no_difference_where_nobody_wants_it() {
        let (from, to) = ("begin\n  a := 1;\nend", "begin\n\n\ta  :=  1;\nend ");
        let kinds = |no_blanks| {
            let rows = compare(Some(from), Some(to), ByText, no_blanks).rows;
            rows.iter().map(|row| row.kind).collect::<Vec<_>>()
        };
        assert!(kinds(false).iter().any(|kind| *kind != LineKind::Equal));
        assert_eq!(kinds(true), [LineKind::Equal; 3]);
        let changed = compare(Some("a := 1"), Some("a  := 2"), ByText, true).rows;
        assert_eq!(changed[0].kind, LineKind::Changed);
    }

    #[test]
    fn an_alignment_that_takes_too_long_is_told() {
        let side = |of: &str| {
            (0..20_000).map(|n| format!("{of}{}", n % 7_919)).collect::<Vec<_>>().join("\n")
        };
        let (from, to) = (side("SELECT a"), side("SELECT b"));
        let diff = compare(Some(&from), Some(&to), ByText, false);
        assert_eq!(diff.rows.iter().filter(|row| row.left.is_some()).count(), 20_000);
        assert!(diff.rough);
    }

    #[test]
    fn a_very_long_line_is_told_to_be_coarse() {
        let long = "a ".repeat(MOST_WORDS);
        let diff = compare(
            Some(&format!("CREATE TABLE t (\n  x {long}1\n)")),
            Some(&format!("CREATE TABLE t (\n  x {long}2\n)")),
            ByName,
            false,
        );
        assert!(diff.coarse);
    }
}
