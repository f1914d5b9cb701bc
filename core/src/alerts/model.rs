//! Alerts as data.

/// What was looked at, and what is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alerts {
    /// The command: `check`, `diff`, `plan`.
    pub command: &'static str,
    /// What it looked at.
    pub subject: String,
    /// The result as a sentence.
    pub summary: String,
    /// The sorts of alerts that there may be.
    pub sorts: Vec<Sort>,
    /// The names of the suites of tests, in their order.
    pub suites: Vec<String>,
    /// Everything that was looked at.
    pub tests: Vec<Test>,
}

impl Alerts {
    /// The alerts of one weight, each with its test.
    pub fn weighing(&self, weight: Weight) -> impl Iterator<Item = (&Test, &Alert)> {
        let all = self.tests.iter().flat_map(|test| test.alerts.iter().map(move |it| (test, it)));
        all.filter(move |(_, alert)| alert.weight() == weight)
    }
}

/// A sort of alerts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// Its name.
    pub id: &'static str,
    /// What it means, as a sentence.
    pub means: &'static str,
    /// How much it weighs where nothing else is said.
    pub level: Level,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Test {
    /// The suite that it belongs to.
    pub suite: String,
    /// What it is about.
    pub title: String,
    /// Where it stands.
    pub place: Place,
    /// What came of it.
    pub said: String,
    /// All that is wrong is waived.
    pub skipped: bool,
    /// What is wrong.
    pub alerts: Vec<Alert>,
}

impl Test {
    /// True when it has an error that nobody waived.
    pub fn failed(&self) -> bool {
        self.alerts.iter().any(|alert| alert.weight() == Weight::Error)
    }
}

/// A file, or what stands for one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Its path.
    pub path: String,
    /// The line, from 1, where there is one.
    pub line: Option<usize>,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    /// The name of its sort.
    pub sort: &'static str,
    /// How bad it is.
    pub level: Level,
    /// The sentence for people.
    pub message: String,
    /// The kind of the object, where there is one.
    pub kind: Option<String>,
    /// The name of the object.
    pub name: String,
    /// What stays the same from run to run while it stays wrong.
    pub fingerprint: String,
    /// Why it does not count, where somebody answers for it.
    pub waived: Option<String>,
}

/// How bad something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// It makes the command fail.
    Error,
    /// It does not, and should be looked at.
    Warning,
    /// It is good to know.
    Note,
}

/// What an alert counts as, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// An error.
    Error,
    /// A warning.
    Warning,
    /// Something to know.
    Note,
    /// Somebody answers for it.
    Waived,
}

impl Weight {
    /// Every weight.
    pub const ALL: [Weight; 4] = [Weight::Error, Weight::Warning, Weight::Note, Weight::Waived];
}

impl Alert {
    /// What it counts as.
    pub fn weight(&self) -> Weight {
        match (&self.waived, self.level) {
            (Some(_), _) => Weight::Waived,
            (None, Level::Error) => Weight::Error,
            (None, Level::Warning) => Weight::Warning,
            (None, Level::Note) => Weight::Note,
        }
    }
}
