//! The file that holds decisions about renames: the page writes it, the program follows it.

use serde::{Deserialize, Serialize};

use super::RenameDecision;
use crate::snapshot::Snapshot;

/// The content of the file:
/// `{"renames": [{"from": "table:public.a", "to": "table:public.b", "answer": "rename"}]}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decisions {
    /// What was decided, one pair each.
    pub renames: Vec<RenameDecision>,
}

impl Decisions {
    /// Those of the decisions that concern these two snapshots, in a stable order.
    pub fn between(from: &Snapshot, to: &Snapshot, decisions: &[RenameDecision]) -> Decisions {
        let followed =
            decisions.iter().filter(|decision| decision.verify(from, to, decisions).is_ok());
        let mut renames: Vec<RenameDecision> = followed.cloned().collect();
        renames.sort_by(|a, b| (&a.from, &a.to).cmp(&(&b.from, &b.to)));
        Decisions { renames }
    }

    /// Reads the file's text.
    pub fn read(text: &str) -> serde_json::Result<Decisions> {
        serde_json::from_str(text)
    }

    /// The file's text: pretty JSON with a newline at its end.
    pub fn write(&self) -> String {
        crate::report::pretty(self)
    }
}

impl RenameDecision {
    /// The same decision for the way back.
    #[must_use]
    pub fn reversed(&self) -> RenameDecision {
        RenameDecision { from: self.to.clone(), to: self.from.clone(), answer: self.answer }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::RenameAnswer;

    fn decision(from: &str, to: &str, answer: RenameAnswer) -> RenameDecision {
        RenameDecision { from: from.into(), to: to.into(), answer }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let decisions = Decisions {
            renames: vec![
                decision("table:public.a", "table:public.\"B \\ c\"", RenameAnswer::Rename),
                decision("column:public.a.x", "column:public.a.y", RenameAnswer::DropAndCreate),
            ],
        };
        let text = decisions.write();
        assert!(
            text.ends_with("}\n") && text.contains("\"answer\": \"drop_and_create\""),
            "{text}"
        );
        assert_eq!(Decisions::read(&text).ok(), Some(decisions));
    }

    #[test]
    fn an_unknown_member_is_refused() {
        assert!(Decisions::read(r#"{"renames": [], "ignore": []}"#).is_err());
    }

    #[test]
    fn what_cannot_be_followed_is_not_written() {
        let (from, to) = (Snapshot::default(), Snapshot::default());
        let gone = decision("table:public.a", "table:public.b", RenameAnswer::Rename);
        let apart = decision("table:public.c", "table:public.d", RenameAnswer::DropAndCreate);
        let kept = Decisions::between(&from, &to, &[gone, apart.clone()]);
        assert_eq!(kept.renames, [apart]);
    }
}
