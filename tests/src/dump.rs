//! Text of `pg_dump` as statements that can be compared whatever their order.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Splits SQL text at the semicolons that end statements. Comments and psql's backslash lines
/// outside of quotes are left out, as are empty statements.
pub fn statements(sql: &str) -> Vec<String> {
    let mut splitter = Splitter { rest: sql, current: String::new(), open_blocks: 0 };
    let mut statements = Vec::new();
    while splitter.step(&mut statements) {}
    splitter.finish(&mut statements);
    statements
}

/// The statements of a schema dump, sorted, each in a form in which equal schemas agree:
/// no session settings, and the columns and constraints of a table in alphabetical order.
pub fn schema_statements(dump: &str) -> Vec<String> {
    let mut kept: Vec<String> = statements(dump)
        .into_iter()
        .filter(|statement| !is_session_setting(statement))
        .map(|statement| canonical(&statement))
        .collect();
    kept.sort();
    kept
}

/// Statements that a script runs for their effect: what is left without comments, session settings
/// and the bounds of transactions.
pub fn effective_statements(script: &str) -> Vec<String> {
    let bounds = ["BEGIN", "COMMIT", "START TRANSACTION", "END"];
    statements(script)
        .into_iter()
        .filter(|statement| !is_session_setting(statement))
        .filter(|statement| !bounds.contains(&statement.to_uppercase().as_str()))
        .collect()
}

/// Tells what is in one list only, `None` when both hold the same statements.
pub fn difference(left: &[String], right: &[String]) -> Option<String> {
    let mut balance: BTreeMap<&str, i64> = BTreeMap::new();
    for statement in left {
        *balance.entry(statement).or_default() += 1;
    }
    for statement in right {
        *balance.entry(statement).or_default() -= 1;
    }
    let mut text = String::new();
    for (statement, count) in balance.into_iter().filter(|(_, count)| *count != 0) {
        let side = if count > 0 { "only in the first " } else { "only in the second" };
        writeln!(text, "{side}: {statement}").expect("a String takes all text");
    }
    (!text.is_empty()).then_some(text)
}

fn is_session_setting(statement: &str) -> bool {
    statement.starts_with("SET ")
        || statement.starts_with("RESET ")
        || statement.starts_with("SELECT pg_catalog.set_config(")
}

fn canonical(statement: &str) -> String {
    if let Some((columns, table)) = statement
        .strip_prefix("CREATE STATISTICS ")
        .and_then(|rest| rest.split_once(" ON "))
        .and_then(|(_, rest)| rest.rsplit_once(" FROM "))
    {
        // PostgreSQL lists them in the order of the table.
        let mut sorted: Vec<&str> = columns.split(", ").collect();
        sorted.sort_unstable();
        let start = &statement[..statement.len() - columns.len() - " FROM ".len() - table.len()];
        return format!("{start}{} FROM {table}", sorted.join(", "));
    }
    if statement.starts_with("CREATE TEXT SEARCH DICTIONARY ") {
        // Its options are read by their names.
        let (options, rest) = with_sorted_list(statement);
        return format!("{options}{rest}");
    }
    let table = statement.starts_with("CREATE TABLE ")
        || statement.starts_with("CREATE UNLOGGED TABLE ")
        || statement.starts_with("CREATE FOREIGN TABLE ");
    if !table {
        return statement.to_owned();
    }
    // Columns and constraints, then storage parameters.
    let (columns, rest) = with_sorted_list(statement);
    match rest.find("\nWITH (") {
        Some(at) => {
            let (parameters, end) = with_sorted_list(&rest[at..]);
            format!("{columns}{}{parameters}{end}", &rest[..at])
        }
        None => format!("{columns}{rest}"),
    }
}

/// The text with its first list sorted, and what is behind the list.
fn with_sorted_list(text: &str) -> (String, &str) {
    let pieces = top_level_list(text);
    let Some((open, close)) = pieces.bounds else {
        return (text.to_owned(), "");
    };
    let mut items: Vec<&str> =
        pieces.cuts.windows(2).map(|cut| text[cut[0] + 1..cut[1]].trim()).collect();
    items.sort_unstable();
    (format!("{} {} )", &text[..=open], items.join(", ")), &text[close + 1..])
}

/// Where the first parenthesized list of a statement opens, is cut by commas, and closes.
#[derive(Default)]
struct TopLevelList {
    bounds: Option<(usize, usize)>,
    cuts: Vec<usize>,
}

fn top_level_list(statement: &str) -> TopLevelList {
    let mut list = TopLevelList::default();
    let (mut depth, mut at) = (0_u32, 0);
    while let Some(token) = Token::first(&statement[at..]) {
        match token.kind {
            Kind::Other('(') => {
                depth += 1;
                if depth == 1 {
                    list.cuts.push(at);
                }
            }
            Kind::Other(',') if depth == 1 => list.cuts.push(at),
            Kind::Other(')') => {
                depth -= 1;
                if depth == 0 {
                    list.bounds = Some((list.cuts[0], at));
                    list.cuts.push(at);
                    return list;
                }
            }
            _ => {}
        }
        at += token.text.len();
    }
    list
}

struct Splitter<'s> {
    rest: &'s str,
    current: String,
    /// Depth of `BEGIN ATOMIC` and `CASE`, inside which a semicolon ends nothing.
    open_blocks: u32,
}

impl Splitter<'_> {
    fn step(&mut self, statements: &mut Vec<String>) -> bool {
        if self.rest.starts_with('\\') && self.current.trim().is_empty() {
            self.rest = self.rest.split_once('\n').map_or("", |(_, after)| after);
            return true;
        }
        let Some(token) = Token::first(self.rest) else {
            return false;
        };
        self.rest = &self.rest[token.text.len()..];
        match token.kind {
            Kind::Comment => {}
            Kind::Other(';') if self.open_blocks == 0 => self.finish(statements),
            Kind::Word => {
                let word = token.text.to_ascii_uppercase();
                match word.as_str() {
                    "ATOMIC" if self.current.trim_end().ends_with("BEGIN") => self.open_blocks += 1,
                    "CASE" if self.open_blocks > 0 => self.open_blocks += 1,
                    "END" => self.open_blocks = self.open_blocks.saturating_sub(1),
                    _ => {}
                }
                self.current.push_str(token.text);
            }
            _ => self.current.push_str(token.text),
        }
        true
    }

    fn finish(&mut self, statements: &mut Vec<String>) {
        let statement = self.current.trim();
        if !statement.is_empty() {
            statements.push(statement.to_owned());
        }
        self.current.clear();
    }
}

enum Kind {
    Comment,
    Quoted,
    Word,
    Other(char),
}

struct Token<'s> {
    kind: Kind,
    text: &'s str,
}

impl<'s> Token<'s> {
    fn first(sql: &'s str) -> Option<Self> {
        let first = sql.chars().next()?;
        let (kind, length) = match first {
            '-' if sql.starts_with("--") => (Kind::Comment, sql.find('\n').unwrap_or(sql.len())),
            '/' if sql.starts_with("/*") => (Kind::Comment, block_comment(sql)),
            // Text in which a backslash hides a quote; pg_dump writes E'…' only for those.
            'E' if sql.starts_with("E'") => (Kind::Quoted, 1 + quoted(&sql[1..], '\'', true)),
            '\'' | '"' => (Kind::Quoted, quoted(sql, first, false)),
            '$' => match dollar_quoted(sql) {
                Some(length) => (Kind::Quoted, length),
                None => (Kind::Other('$'), 1),
            },
            _ if is_word(first) => {
                (Kind::Word, sql.find(|c| !is_word(c) && c != '$').unwrap_or(sql.len()))
            }
            _ => (Kind::Other(first), first.len_utf8()),
        };
        Some(Self { kind, text: &sql[..length] })
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn block_comment(sql: &str) -> usize {
    let (mut depth, mut at) = (0_u32, 0);
    while at < sql.len() {
        if sql[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if sql[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += sql[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    sql.len()
}

/// The length of a quoted text from its opening quote to its closing one.
fn quoted(sql: &str, quote: char, backslash: bool) -> usize {
    let mut characters = sql.char_indices().skip(1).peekable();
    while let Some((at, c)) = characters.next() {
        if c == '\\' && backslash {
            characters.next();
        } else if c == quote {
            if characters.peek().is_some_and(|(_, next)| *next == quote) {
                characters.next();
            } else {
                return at + 1;
            }
        }
    }
    sql.len()
}

fn dollar_quoted(sql: &str) -> Option<usize> {
    let tag_end = sql[1..].find(|c: char| !is_word(c))? + 1;
    if !sql[tag_end..].starts_with('$') {
        return None;
    }
    let tag = &sql[..=tag_end];
    let body = &sql[tag.len()..];
    Some(body.find(tag).map_or(sql.len(), |end| 2 * tag.len() + end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn semicolons_in_quotes_and_bodies_end_nothing() {
        let sql = "SELECT 'a;''b', \"c;\"; -- d;\n/* e; /* f; */ */ DO $x$ g; $$;$$ $x$;\n\
                   CREATE FUNCTION h() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; \
                   SELECT 2; END; SELECT E'\\';', $1;";
        assert_eq!(
            statements(sql),
            [
                "SELECT 'a;''b', \"c;\"",
                "DO $x$ g; $$;$$ $x$",
                "CREATE FUNCTION h() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; \
                 SELECT 2; END",
                "SELECT E'\\';', $1",
            ]
        );
    }

    #[test]
    fn column_order_does_not_count_but_columns_do() {
        let one = schema_statements(
            "SET x = 1;\nCREATE TABLE a (\n b numeric(4,2),\n c text DEFAULT '),'\n);",
        );
        let other = schema_statements("CREATE TABLE a (c text DEFAULT '),', b numeric(4,2));");
        assert_eq!(difference(&one, &other), None);
        let third = schema_statements("CREATE TABLE a (c text DEFAULT '),', b numeric(4,1));");
        let told = difference(&one, &third).expect("a difference");
        assert!(told.contains("only in the first : CREATE TABLE a ( b numeric(4,2)"), "{told}");
        assert!(told.contains("only in the second: CREATE TABLE a ( b numeric(4,1)"), "{told}");
    }

    #[test]
    fn what_only_frames_a_script_has_no_effect() {
        let script = "\\set ON_ERROR_STOP on\nBEGIN;\nSET lock_timeout = '5s';\nCOMMIT;\n-- end";
        assert_eq!(effective_statements(script), Vec::<String>::new());
        assert_eq!(effective_statements("BEGIN; DROP TABLE a; COMMIT;"), ["DROP TABLE a"]);
    }
}
