//! Connection strings of keywords and values: `host=db.example dbname=shop`.
//!
//! As in `url`, no message quotes a part of the string, except for a keyword.

use std::iter::Peekable;
use std::str::Chars;

use anyhow::{Context, Result, bail};

use super::keywords;
use super::settings::Settings;

/// True for what begins as such a string does, with a keyword that exists.
pub(crate) fn is_conninfo(text: &str) -> bool {
    text.split_once('=').is_some_and(|(keyword, _)| keywords::find(keyword.trim()).is_some())
}

/// The settings that the string gives; a later value of a keyword wins.
pub(crate) fn parse(text: &str) -> Result<Settings> {
    let mut settings = Settings::default();
    let mut chars = text.chars().peekable();
    loop {
        skip_spaces(&mut chars);
        if chars.peek().is_none() {
            return Ok(settings);
        }
        let mut keyword = String::new();
        while let Some(c) = chars.next_if(|c| *c != '=' && !c.is_whitespace()) {
            keyword.push(c);
        }
        skip_spaces(&mut chars);
        chars.next_if_eq(&'=').context(
            "the connection string has a word that is neither keyword=value nor in quotes (the \
             string is not shown)",
        )?;
        skip_spaces(&mut chars);
        let value = match chars.next_if_eq(&'\'') {
            Some(_) => quoted(&mut chars)?,
            None => unquoted(&mut chars),
        };
        if !settings.set(&keyword, value) {
            let is_word = keyword.chars().all(|c| c.is_ascii_lowercase() || c == '_');
            // Anything else may be a piece of a password that was not quoted.
            if is_word && !text.contains("password") {
                bail!("the connection string has an unknown keyword {keyword:?}");
            }
            bail!("the connection string has an unknown keyword (the string is not shown)");
        }
    }
}

fn skip_spaces(chars: &mut Peekable<Chars<'_>>) {
    while chars.next_if(|c| c.is_whitespace()).is_some() {}
}

fn quoted(chars: &mut Peekable<Chars<'_>>) -> Result<String> {
    let mut value = String::new();
    loop {
        match chars.next() {
            Some('\'') => return Ok(value),
            Some('\\') => value.extend(chars.next()),
            Some(c) => value.push(c),
            None => bail!("the connection string has a quote that is not closed"),
        }
    }
}

fn unquoted(chars: &mut Peekable<Chars<'_>>) -> String {
    let mut value = String::new();
    while let Some(c) = chars.next_if(|c| !c.is_whitespace()) {
        if c == '\\' { value.extend(chars.next()) } else { value.push(c) }
    }
    value
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spaces_quotes_and_escapes() {
        let text = r"host = h port=1  password='it\'s \\ one' dbname=a\ b user='' ";
        let settings = parse(text).unwrap();
        assert_eq!(settings.get("host"), Some("h"));
        assert_eq!(settings.get("port"), Some("1"));
        assert_eq!(settings.get("password"), Some(r"it's \ one"));
        assert_eq!(settings.get("dbname"), Some("a b"));
        assert_eq!(settings.get("user"), None);
    }

    #[test]
    fn no_message_quotes_a_value() {
        for text in
            ["host=h password=a hunter2", "host=h password='hunter2", "host=h password=a hunter2=b"]
        {
            let error = format!("{:#}", parse(text).unwrap_err());
            assert!(!error.contains("hunter2"), "{error}");
        }
        let error = parse("hots=h").unwrap_err().to_string();
        assert!(error.contains("\"hots\""), "{error}");
    }

    #[test]
    fn file_names_are_no_connection_strings() {
        assert!(is_conninfo("host=h dbname=d"));
        assert!(is_conninfo(" dbname = d"));
        assert!(!is_conninfo("a=b.json"));
        assert!(!is_conninfo("prod.json"));
    }

    proptest! {
        #[test]
        fn every_value_survives_quoting(value in "[^\0]{1,20}") {
            let escaped = value.replace('\\', r"\\").replace('\'', r"\'");
            let settings = parse(&format!("password='{escaped}' host=h")).unwrap();
            prop_assert_eq!(settings.get("password"), Some(&*value));
            prop_assert_eq!(settings.get("host"), Some("h"));
        }

        #[test]
        fn no_string_panics(text in ".{0,40}") {
            let _ = parse(&text);
        }
    }
}
