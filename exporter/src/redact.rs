//! Cleaning messages that other code words: no connection string and no control character leaves
//! the program.

use crate::archive::Place;
use crate::connect::is_connection_string;

/// Puts `postgres:…` in the place of every connection string in the text. `arguments` are the
/// words of the command line: a string among them is known to its end, spaces and quotes included.
pub(crate) fn redact(text: &str, arguments: &[String]) -> String {
    let mut secrets: Vec<&str> = arguments.iter().filter_map(|word| secret_in(word)).collect();
    secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    let mut clean = text.to_owned();
    for secret in secrets {
        clean = clean.replace(secret, HIDDEN);
    }
    // What is left came from elsewhere: hide up to the next space or quote.
    let mut out = String::with_capacity(clean.len());
    let mut rest = clean.as_str();
    while let Some(start) = SCHEMES.iter().filter_map(|scheme| rest.find(scheme)).min() {
        let (before, url) = rest.split_at(start);
        let end = url.find(|c: char| c.is_whitespace() || c == '\'' || c == '"');
        out.push_str(before);
        out.push_str(HIDDEN);
        rest = &url[end.unwrap_or(url.len())..];
    }
    out.push_str(rest);
    out
}

const HIDDEN: &str = "postgres:…";
const SCHEMES: [&str; 2] = ["postgres://", "postgresql://"];

/// The connection string in a word: what follows `--url=`, or the word itself.
fn secret_in(word: &str) -> Option<&str> {
    let value = match word.strip_prefix('-').and_then(|option| option.split_once('=')) {
        Some((_, value)) => value,
        None => word,
    };
    (is_connection_string(value) && !Place::is_store(value)).then_some(value)
}

/// The text without what could drive a terminal: names and messages of a server may hold anything.
pub(crate) fn printable(text: &str) -> String {
    text.replace(|c: char| c.is_control() && c != '\n' && c != '\t', "\u{fffd}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, words: &[&str], expected: &str) {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        assert_eq!(redact(text, &words), expected);
    }

    #[test]
    fn connection_strings_of_the_command_line_go_whole() {
        check(
            "unexpected argument '--urll=postgres://u:hun ter'2@h/db' found",
            &["--urll=postgres://u:hun ter'2@h/db"],
            "unexpected argument '--urll=postgres:…' found",
        );
        check("bad 'mysql://u:p@h/db'", &["mysql://u:p@h/db"], "bad 'postgres:…'");
        check("value 'host=h password=p w'", &["host=h password=p w"], "value 'postgres:…'");
    }

    #[test]
    fn other_urls_go_up_to_a_space() {
        check(
            "a postgres://u:p@h/db and 'postgresql://x' b",
            &[],
            "a postgres:… and 'postgres:…' b",
        );
    }

    #[test]
    fn control_characters_go() {
        assert_eq!(printable("a\u{1b}[31m\u{9b}b\n"), "a\u{fffd}[31m\u{fffd}b\n");
    }

    #[test]
    fn other_text_stays() {
        check("no such file: a.json", &["a.json"], "no such file: a.json");
        let place = "--archive=s3://bucket/x";
        check("no archive s3://bucket/x", &[place], "no archive s3://bucket/x");
        let secret = "--archive=s3://key:secret@bucket/x";
        check("bad s3://key:secret@bucket/x", &[secret], "bad postgres:…");
    }
}
