//! The policy's file: reading it, and telling where in it something is wrong.

use std::ops::Range;
use std::path::Path;

use anyhow::{Result, bail};
use pgparity_core::policy::{Place, Policy, PolicyError, Problem, Step};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::input;
use crate::redact::printable;
use crate::source::from_here;
use crate::toml_text::{Text, meant, understood};

/// The largest file that can be meant as a policy.
const MAX_SIZE: u64 = 64 << 20;
/// More mistakes than these are counted.
const SHOWN: usize = 20;

/// A policy and the file that it stands in.
pub(crate) struct PolicyFile {
    /// The path, as it was named; below the folder of the call, as it is from there.
    pub(crate) name: String,
    /// The policy.
    pub(crate) policy: Policy,
    text: Text,
}

impl PolicyFile {
    /// Reads a policy. Every mistake is told with its line.
    pub(crate) fn read(path: &Path) -> Result<PolicyFile> {
        let text = Text::new(input::read_file(path, MAX_SIZE)?);
        let name = from_here(path);
        match text.policy() {
            Ok(policy) => Ok(PolicyFile { name, policy, text }),
            Err(mistakes) => {
                let total = mistakes.len();
                let mut lines: Vec<String> = mistakes
                    .into_iter()
                    .take(SHOWN)
                    .map(|mistake| printable(&format!("{name}:{mistake}")))
                    .collect();
                if total > SHOWN {
                    lines.push(format!("and {} more", total - SHOWN));
                }
                bail!("the policy cannot be used\n{}", lines.join("\n"))
            }
        }
    }

    /// Tells which environment may have been meant.
    pub(crate) fn explained(&self, error: &PolicyError) -> anyhow::Error {
        let PolicyError::UnknownEnvironment { name, known } = error;
        let hint = meant(name, known.iter().map(String::as_str));
        let hint = hint.map(|hint| format!("; did you mean `{hint}`?")).unwrap_or_default();
        anyhow::anyhow!("{}: {error}{hint}", self.name)
    }

    /// The line of a place, for many places.
    pub(crate) fn lines(&self) -> impl Fn(&Place) -> Option<usize> {
        let root = DeTable::parse(&self.text.source).ok();
        move |place| {
            let span = span_of(root.as_ref()?, place)?;
            Some(self.text.position(span.start).0)
        }
    }
}

impl Text {
    /// The policy, or its mistakes: `12:3: …`.
    fn policy(&self) -> Result<Policy, Vec<String>> {
        let policy: Policy = toml::from_str(&self.source).map_err(|error| {
            let message = understood(error.message());
            vec![self.mistake(error.span(), &message)]
        })?;
        let problems = policy.problems();
        if problems.is_empty() {
            return Ok(policy);
        }
        let root = DeTable::parse(&self.source).ok();
        let told = |problem: &Problem| {
            let span = root.as_ref().and_then(|root| span_of(root, &problem.place));
            let hint = problem
                .unknown
                .as_ref()
                .and_then(|(word, known)| meant(word, known.iter().map(String::as_str)));
            let hint = hint.map(|hint| format!("; did you mean `{hint}`?")).unwrap_or_default();
            self.mistake(span, &format!("{}: {}{hint}", problem.place, problem.message))
        };
        Err(problems.iter().map(told).collect())
    }
}

/// Where a place stands in the file. Of one that is not there, as of a key that is missing, the innermost
/// part that is.
fn span_of(root: &Spanned<DeTable<'_>>, place: &Place) -> Option<Range<usize>> {
    let (first, rest) = place.0.split_first()?;
    let Step::Key(first) = first else { return None };
    let (key, mut value) = root.get_ref().get_key_value(first.as_str())?;
    let mut span = key.span();
    for step in rest {
        let found = match (step, value.get_ref()) {
            (Step::Key(name), DeValue::Table(table)) => {
                table.get_key_value(name.as_str()).map(|(key, value)| (key.span(), value))
            }
            (Step::Index(at), DeValue::Array(items)) => {
                items.get(*at).map(|value| (value.span(), value))
            }
            _ => None,
        };
        let Some((at, below)) = found else { break };
        (span, value) = (at, below);
    }
    Some(span)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "a failed unwrap fails the test")]
    use pgparity_core::policy::starting_policy;
    use pgparity_core::snapshot::Snapshot;

    use super::*;

    fn mistakes(text: &str) -> Vec<String> {
        Text::new(text.to_owned()).policy().unwrap_err()
    }

    #[test]
    fn a_wrong_word_is_told_with_its_place_and_the_right_one() {
        let column =
            "version = 1\n[tables.\"public.a\".columns]\nid = { type = \"int\", KEY = true }\n";
        for (key, right) in
            [("nulable", "nullable"), ("Nullable", "nullable"), ("requird", "required")]
        {
            let found = mistakes(&column.replace("KEY", key));
            assert_eq!(found, [format!("3:22: unknown key `{key}`; did you mean `{right}`?")]);
        }
        let found = mistakes("version = 1\n\n[[require]]\nkind = \"tabel\"\nidentity = \"x\"\n");
        assert_eq!(found, ["4:8: unknown word `tabel`; did you mean `table`?"]);
        let found = mistakes("version = 1\nallow = [\"DATA_LOSSS\"]\n");
        assert_eq!(found, ["2:10: unknown word `DATA_LOSSS`; did you mean `DATA_LOSS`?"]);
        let found = mistakes("version = 1\npresets = [\"comment\"]\n");
        assert_eq!(found, ["2:12: unknown word `comment`; did you mean `comments`?"]);
        let found = mistakes("version = 1\n[severity]\nmissing = \"err\"\n");
        assert_eq!(found, ["3:11: unknown word `err`; did you mean `error`?"]);
    }

    #[test]
    fn a_word_that_is_like_no_other_is_told_with_those_that_are_known() {
        let found = mistakes("version = 1\nzzzzzzzz = 1\n");
        assert!(found[0].starts_with("2:1: unknown key `zzzzzzzz`, expected one of"), "{found:?}");
        assert!(found[0].contains("`waivers`"), "{found:?}");
    }

    #[test]
    fn what_the_form_does_not_say_is_told_with_its_place_too() {
        let found = mistakes(
            "version = 2\n[tables.orders]\n[[require]]\nkind = \"table\"\nidentity = \"a\"\ntype = \"int\"\n\
             attributes = { row_secruity = true }\n[[waivers]]\nkind = \"column\"\nidentity = \"ö\"\n\
             reason = \" \"\nowner = \"me\"\nexpires = 2026-12-31\nattribute = \"nullable\"\n",
        );
        let starts = ["7:16: ", "6:1: ", "2:9: ", "1:1: ", "14:1: ", "11:1: "];
        assert_eq!(found.len(), starts.len(), "{found:#?}");
        for (found, start) in found.iter().zip(starts) {
            assert!(found.starts_with(start), "{start} {found}");
        }
        assert!(found[0].ends_with("did you mean `row_security`?"), "{found:#?}");
        assert!(found[4].contains("`not_null`"), "{found:#?}");
    }

    #[test]
    fn days_are_dates_or_texts() {
        let waiver = "version = 1\n[[waivers]]\nkind = \"table\"\nidentity = \"a\"\nreason = \"r\"\n\
                      owner = \"o\"\nexpires = DAY\n";
        for day in ["2026-12-31", "\"2026-12-31\""] {
            let policy = Text::new(waiver.replace("DAY", day)).policy().unwrap();
            assert_eq!(policy.waivers[0].expires.to_string(), "2026-12-31");
        }
        for day in ["\"soon\"", "2026-12-31T10:00:00Z", "12", "\"2026-02-30\""] {
            let found = mistakes(&waiver.replace("DAY", day));
            assert!(found[0].starts_with("7:11: "), "{found:?}");
            assert!(found[0].contains("2026-12-31"), "it should say how: {found:?}");
        }
    }

    #[test]
    fn places_have_lines() {
        let text = Text::new(
            "version = 1\n[tables.\"public.a\".columns]\n\"b c\" = {}\n[[forbid]]\n[[forbid]]\n"
                .to_owned(),
        );
        let root = DeTable::parse(&text.source).unwrap();
        let line = |place: &Place| text.position(span_of(&root, place).unwrap().start).0;
        let root = Place::default();
        let table = root.key("tables").key("public.a");
        assert_eq!(line(&table), 2);
        assert_eq!(line(&table.key("columns").key("b c")), 3);
        assert_eq!(line(&root.key("forbid").index(1)), 5);
        assert_eq!(
            line(&root.key("forbid").index(1).key("reason")),
            5,
            "the innermost that is there"
        );
    }

    fn expect_a_policy(text: &str) -> Policy {
        Text::new(text.to_owned())
            .policy()
            .unwrap_or_else(|mistakes| panic!("{mistakes:#?}\n{text}"))
    }

    #[test]
    fn the_example_of_the_documentation_is_a_policy() {
        let documented = include_str!("../../docs/policy.md");
        let blocks = documented.split("```toml\n").skip(1).filter_map(|it| it.split("```").next());
        let example = blocks.into_iter().find(|block| block.contains("version = 1")).unwrap();
        let policy = expect_a_policy(example);
        assert_eq!(
            (policy.tables.len(), policy.waivers.len(), policy.environment.len()),
            (1, 2, 2)
        );
    }

    #[test]
    fn what_a_starting_policy_suggests_holds_once_it_is_no_comment() {
        let text = starting_policy(&Snapshot::default());
        assert_eq!(expect_a_policy(&text).require.len(), 0);
        let suggested =
            ["[[", "kind", "identity", "reason", "owner", "expires", "presets", "allow"];
        let uncommented: Vec<&str> = text
            .lines()
            .map(|line| {
                let bare = line.strip_prefix("# ").unwrap_or(line);
                let code = bare.starts_with("[[") || bare.contains(" = ");
                let is_suggested = code && suggested.iter().any(|start| bare.starts_with(start));
                if is_suggested { bare } else { line }
            })
            .collect();
        let policy = expect_a_policy(&uncommented.join("\n"));
        let counts = [policy.require.len(), policy.optional.len(), policy.forbid.len()];
        assert_eq!(counts, [1, 1, 1]);
        assert_eq!([policy.ignore.len(), policy.waivers.len(), policy.allow.len()], [1, 1, 1]);
        assert_eq!(policy.presets.len(), 2);
    }
}
