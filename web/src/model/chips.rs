//! The chips of a step, and what each tells when it is opened.

use pgparity_core::action::{Hazard, Lock};
use pgparity_core::plan::{Reversible, Step, StepState};

use super::hazards::hazard_page;
use crate::state::{Topic, lock_words};

/// A chip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chip {
    /// What it opens.
    pub topic: Topic,
    /// What stands on it.
    pub label: &'static str,
    /// How it looks.
    pub class: &'static str,
}

/// The chips of a step: its lock, its hazards, and what it is besides.
pub(crate) fn chips(step: &Step) -> Vec<Chip> {
    let lock = step.lock.as_ref().map(|lock| Chip {
        topic: Topic::Lock,
        label: lock.mode.name(),
        class: lock_class(lock),
    });
    let hazards = step.hazards.iter().map(|note| hazard_chip(note.hazard, note.hazard.name()));
    let besides = [
        (step.rewrites, Hazard::TableRewrite, "rewrites the table"),
        (step.scans && !step.rewrites, Hazard::TableScan, "reads the table"),
        (alone(step), Hazard::NotTransactional, "not in a transaction"),
    ];
    let besides = besides
        .into_iter()
        .filter(|(holds, hazard, _)| *holds && !step.has(*hazard))
        .map(|(_, hazard, label)| hazard_chip(hazard, label));
    let told = step.has(Hazard::Irreversible) || step.has(Hazard::DataLoss);
    let lost = matches!(step.reversible, Reversible::No { .. }) && !told;
    let lost =
        lost.then_some(Chip { topic: Topic::NoWayBack, label: "no way back", class: "hazard" });
    lock.into_iter().chain(hazards).chain(besides).chain(lost).collect()
}

fn alone(step: &Step) -> bool {
    step.state == StepState::Included && step.transaction.is_none()
}

fn hazard_chip(hazard: Hazard, label: &'static str) -> Chip {
    let class = if hazard.withholds() { "severe" } else { "hazard" };
    Chip { topic: Topic::Hazard(hazard), label, class }
}

fn lock_class(lock: &Lock) -> &'static str {
    if lock.mode.blocks_reads() {
        "lock heavy"
    } else if lock.mode.blocks_writes() {
        "lock medium"
    } else {
        "lock light"
    }
}

/// What a chip tells: names and sentences. Backquotes stand around SQL.
pub(crate) fn told(step: &Step, topic: Topic) -> Vec<(&'static str, String)> {
    let hazard = match topic {
        Topic::Lock => return lock_told(step),
        Topic::Hazard(hazard) => hazard,
        Topic::NoWayBack => Hazard::Irreversible,
        Topic::Why | Topic::Checks => return Vec::new(),
    };
    let here = step.hazards.iter().find(|note| note.hazard == hazard);
    let here = here.map(|note| note.message.clone()).or_else(|| match &step.reversible {
        Reversible::No { why } if topic == Topic::NoWayBack => Some(why.clone()),
        _ => None,
    });
    let page = hazard_page(hazard);
    let page = page.into_iter().flat_map(|page| {
        [
            ("It means", page.meaning),
            ("Lock, for how long", page.lock),
            ("Safer", page.advice),
            ("PostgreSQL manual", page.manual),
        ]
    });
    let here = here.map(|message| ("Here", message));
    here.into_iter().chain(page.map(|(name, said)| (name, said.to_owned()))).collect()
}

fn lock_told(step: &Step) -> Vec<(&'static str, String)> {
    let Some(lock) = &step.lock else { return Vec::new() };
    let mode = lock.mode;
    let (meaning, hazard) = if mode.blocks_reads() {
        (
            "Nobody reads or writes meanwhile. While it waits for its turn, everybody behind it waits too.",
            Some(Hazard::BlocksReads),
        )
    } else if mode.blocks_writes() {
        ("Nobody writes meanwhile; reading goes on.", Some(Hazard::BlocksWrites))
    } else {
        ("Reading and writing go on; only other changes of the definition wait.", None)
    };
    let advice = hazard.filter(|hazard| step.has(*hazard)).and_then(hazard_page);
    let advice = advice.map(|page| ("Safer", page.advice.to_owned()));
    [
        ("Here", lock_words(lock)),
        ("It means", meaning.to_owned()),
        ("For how long", lock.duration.clone()),
    ]
    .into_iter()
    .chain(advice)
    .chain([("PostgreSQL manual", "Explicit Locking".to_owned())])
    .collect()
}

/// A sentence in pieces: the text between backquotes is SQL.
pub(crate) fn pieces(text: &str) -> Vec<(bool, &str)> {
    let pieces = text.split('`').enumerate().map(|(at, piece)| (at % 2 == 1, piece));
    pieces.filter(|(_, piece)| !piece.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use pgparity_core::action::LockMode;
    use pgparity_core::plan::{HazardNote, StepRisk};

    use super::*;

    fn step() -> Step {
        Step {
            key: String::new(),
            number: 1,
            transaction: None,
            statement: None,
            verb: "ALTER TABLE".to_owned(),
            object: "table:public.t".into(),
            sql: String::new(),
            hazards: vec![HazardNote {
                hazard: Hazard::TableScan,
                message: "it reads t".to_owned(),
            }],
            lock: Some(Lock {
                mode: LockMode::AccessExclusive,
                on: "table:public.t".into(),
                rows: None,
                bytes: None,
                duration: "while it is read".to_owned(),
            }),
            rewrites: false,
            scans: true,
            reversible: Reversible::No { why: "the old values are gone".to_owned() },
            risk: StepRisk::default(),
            serves: Vec::new(),
            reasons: Vec::new(),
            needs: Vec::new(),
            group: None,
            state: StepState::Included,
        }
    }

    #[test]
    fn nothing_is_on_two_chips() {
        let labels: Vec<&str> = chips(&step()).iter().map(|chip| chip.label).collect();
        assert_eq!(
            labels,
            ["ACCESS EXCLUSIVE", "TABLE_SCAN", "not in a transaction", "no way back"]
        );
    }

    #[test]
    fn every_chip_tells_something() {
        let step = step();
        for chip in chips(&step) {
            let told = told(&step, chip.topic);
            assert!(told.len() >= 4, "{chip:?}: {told:?}");
            assert!(told.iter().all(|(_, said)| !said.is_empty()), "{chip:?}");
            assert_eq!(told.last().map(|(name, _)| *name), Some("PostgreSQL manual"));
        }
        assert_eq!(told(&step, Topic::NoWayBack)[0].1, "the old values are gone");
    }

    #[test]
    fn sql_stands_between_backquotes() {
        assert_eq!(pieces("a `B` c"), [(false, "a "), (true, "B"), (false, " c")]);
    }
}
