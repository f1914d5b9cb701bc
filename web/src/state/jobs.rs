//! What the worker is doing, what it was stopped at, and what is said of it.

use pgparity_core::report::words::counted;

use crate::protocol::Stage;

/// The work.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Jobs {
    /// What the worker is doing; `None` while it rests.
    pub stage: Option<Stage>,
    /// Of several files: so many are read, of so many.
    pub batch: Option<(usize, usize)>,
    /// Why nothing is asked; `None` while all is as it should be.
    pub halted: Option<String>,
    /// How often the worker was started anew. Each time the snapshots are opened again.
    pub starts: u32,
}

/// How the worker was stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stopped {
    /// Why; `None` when somebody wanted it.
    pub failure: Option<String>,
    /// At what.
    pub at: At,
}

/// What the worker was stopped at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum At {
    /// A file, by name. It is not opened again.
    Opening(String),
    /// A question. It is not asked again before somebody says so.
    Question,
    /// Nothing.
    Rest,
}

/// What happens to the work.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum JobsAction {
    /// The worker does something else now, or nothing.
    Stage(Option<Stage>),
    /// So many files are read, of so many.
    Batch(usize, usize),
    /// The worker was stopped, and another one started.
    Stopped(Stopped),
    /// Ask again.
    GoOn,
}

/// A worker that fails so often while nobody asks it anything is left alone.
const PATIENCE: u32 = 5;

impl Jobs {
    /// The work after an action.
    pub(crate) fn after(&self, action: JobsAction) -> Jobs {
        let mut next = self.clone();
        match action {
            JobsAction::Stage(stage) => {
                if stage.is_none() {
                    next.batch = None;
                }
                next.stage = stage;
            }
            JobsAction::Batch(done, all) => {
                next.batch = (all > 1 && done < all).then_some((done, all));
            }
            JobsAction::Stopped(stopped) => {
                (next.stage, next.batch) = (None, None);
                next.starts += 1;
                next.halted = match (&stopped.failure, &stopped.at) {
                    (None, At::Question) => {
                        Some("Cancelled. What is shown is what was there before.".to_owned())
                    }
                    (Some(failure), At::Question) => Some(format!(
                        "The engine stopped at this ({}). It was started again with the same \
                         snapshots, and nothing that you decided is lost.",
                        failure.trim_end_matches('.')
                    )),
                    (Some(failure), At::Rest) if next.starts > PATIENCE => {
                        Some(format!("The engine stops again and again: {failure}"))
                    }
                    _ => None,
                };
            }
            JobsAction::GoOn => next.halted = None,
        }
        next
    }

    /// What is worth saying aloud of an action: files as they are read, in steps, and comparing where it
    /// takes long. What a decision brings about has its own words, which nothing may drown.
    pub(crate) fn words(&self, action: &JobsAction) -> Option<String> {
        match action {
            JobsAction::Stage(Some(stage)) if is_said(stage) => {
                let step = |stage: &Stage| {
                    (std::mem::discriminant(stage), percent(stage).unwrap_or(0) / 10)
                };
                let news = self.stage.as_ref().is_none_or(|old| step(old) != step(stage));
                news.then(|| stage_words(stage))
            }
            JobsAction::Stopped(Stopped { failure: None, at: At::Opening(name) }) => {
                Some(format!("Cancelled: {name} was not opened."))
            }
            JobsAction::Stopped(Stopped { failure: None, at: _ }) => Some("Cancelled.".to_owned()),
            JobsAction::Stopped(Stopped { failure: Some(_), at: _ }) => {
                Some("The engine has stopped and was started again.".to_owned())
            }
            _ => None,
        }
    }

    /// What the worker is doing, with figures; `None` while it rests.
    pub(crate) fn now(&self) -> Option<String> {
        let stage = stage_words(self.stage.as_ref()?);
        Some(match self.batch {
            Some((done, all)) => format!("{} of {}: {stage}", done + 1, counted(all, "file")),
            None => stage,
        })
    }

    /// How much of the work is done, from 0 to 100; `None` where nobody knows.
    pub(crate) fn share(&self) -> Option<u64> {
        match (self.batch, &self.stage) {
            (Some((done, all)), _) => u64::try_from(done * 100 / all.max(1)).ok(),
            (None, Some(stage)) => percent(stage),
            _ => None,
        }
    }
}

/// Whether a stage is said aloud. Comparing that is over at once never tells how much is done.
fn is_said(stage: &Stage) -> bool {
    match stage {
        Stage::Reading { .. } | Stage::Parsing { .. } => true,
        Stage::Comparing { percent, .. } => *percent >= 10,
        Stage::Planning { .. } | Stage::Following { .. } | Stage::Drawing { .. } => false,
    }
}

fn percent(stage: &Stage) -> Option<u64> {
    match stage {
        Stage::Reading { done, total: Some(all), .. } | Stage::Parsing { done, bytes: all, .. } => {
            Some((done * 100).checked_div(*all)?.min(100))
        }
        Stage::Comparing { percent, .. } => Some((*percent).into()),
        _ => None,
    }
}

fn stage_words(stage: &Stage) -> String {
    match stage {
        Stage::Reading { name, total: Some(total), .. } => {
            format!("Reading {name}, {}: {} %", size(*total), percent(stage).unwrap_or(100))
        }
        Stage::Reading { name, done, total: None } => {
            format!("Unpacking {name}, {} so far…", size(*done))
        }
        Stage::Parsing { name, bytes, .. } => {
            format!("Parsing {name}, {}: {} %", size(*bytes), percent(stage).unwrap_or(100))
        }
        Stage::Comparing { objects, percent } => {
            format!("Comparing {}: {percent} %", counted(*objects, "object"))
        }
        Stage::Planning { changes } => format!("Planning {}…", counted(*changes, "difference")),
        Stage::Drawing { objects } => {
            format!("Drawing tables, among {}…", counted(*objects, "object"))
        }
        Stage::Following { snapshots } => {
            format!("Comparing {}…", counted(*snapshots, "snapshot"))
        }
    }
}

/// A number of bytes, as people say it.
pub(crate) fn size(bytes: u64) -> String {
    match bytes {
        n if n < 1_000 => format!("{n} bytes"),
        n if n < 1_000_000 => format!("{} kB", n / 1_000),
        n => format!("{}.{} MB", n / 1_000_000, n / 100_000 % 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(done: u64) -> JobsAction {
        JobsAction::Stage(Some(Stage::Reading {
            name: "a.json".into(),
            done,
            total: Some(34_000_000),
        }))
    }

    fn stopped(failure: Option<&str>, at: At) -> JobsAction {
        JobsAction::Stopped(Stopped { failure: failure.map(str::to_owned), at })
    }

    #[test]
    fn sizes_read_well() {
        assert_eq!([size(12), size(34_500), size(2_310_000)], ["12 bytes", "34 kB", "2.3 MB"]);
    }

    #[test]
    fn reading_tells_its_figures_and_says_every_tenth() {
        let jobs = Jobs::default();
        assert_eq!(jobs.words(&reading(0)).as_deref(), Some("Reading a.json, 34.0 MB: 0 %"));
        let jobs = jobs.after(reading(17_000_000));
        assert_eq!((jobs.share(), jobs.words(&reading(18_000_000))), (Some(50), None));
        assert!(jobs.words(&reading(21_000_000)).is_some());
        let several = jobs.after(JobsAction::Batch(2, 8));
        assert_eq!(several.now().as_deref(), Some("3 of 8 files: Reading a.json, 34.0 MB: 50 %"));
        assert_eq!(several.share(), Some(25));
        assert_eq!(several.after(JobsAction::Stage(None)), Jobs::default());
    }

    #[test]
    fn parsing_and_comparing_tell_how_much_is_done() {
        let parsing =
            |done| Some(Stage::Parsing { name: "a.json".into(), done, bytes: 34_000_000 });
        let jobs = Jobs::default().after(JobsAction::Stage(parsing(13_700_000)));
        assert_eq!(jobs.now().as_deref(), Some("Parsing a.json, 34.0 MB: 40 %"));
        assert_eq!(jobs.words(&JobsAction::Stage(parsing(14_000_000))), None);
        assert!(jobs.words(&JobsAction::Stage(parsing(17_000_000))).is_some());
        let comparing = |percent| Some(Stage::Comparing { objects: 340_000, percent });
        assert_eq!(jobs.words(&JobsAction::Stage(comparing(0))), None, "it may be over at once");
        let jobs = jobs.after(JobsAction::Stage(comparing(62)));
        assert_eq!(jobs.now().as_deref(), Some("Comparing 340,000 objects: 62 %"));
        assert_eq!(jobs.share(), Some(62));
        assert!(jobs.words(&JobsAction::Stage(comparing(70))).is_some());
    }

    #[test]
    fn nothing_is_asked_again_that_stopped_the_engine() {
        let jobs = Jobs::default().after(stopped(Some("out of memory."), At::Question));
        assert!(jobs.halted.as_ref().is_some_and(|words| words.contains("(out of memory)")));
        assert_eq!((jobs.starts, jobs.after(JobsAction::GoOn).halted), (1, None));
        let cancelled = Jobs::default().after(stopped(None, At::Question));
        assert!(cancelled.halted.is_some_and(|words| words.starts_with("Cancelled")));
    }

    #[test]
    fn a_file_that_was_given_up_leaves_the_rest_as_it_is() {
        for failure in [None, Some("it broke")] {
            let jobs = Jobs::default().after(stopped(failure, At::Opening("a.json".into())));
            assert_eq!((jobs.halted, jobs.starts), (None, 1));
        }
    }

    #[test]
    fn a_worker_that_dies_idle_is_started_again_but_not_for_ever() {
        let mut jobs = Jobs::default();
        for _ in 0..PATIENCE {
            jobs = jobs.after(stopped(Some("killed"), At::Rest));
            assert_eq!(jobs.halted, None);
        }
        assert!(jobs.after(stopped(Some("killed"), At::Rest)).halted.is_some());
    }
}
