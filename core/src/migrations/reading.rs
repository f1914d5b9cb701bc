//! From candidates and rows to ledgers.

use super::ledger::{Ledger, ledger};
use super::options::ReadMigrations;
use super::query::{MOST_ROWS, Row, query};
use super::recognise::{Candidate, Found, recognise};

/// Takes candidates, then rows, and gives ledgers.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    candidates: Vec<Candidate>,
    histories: Vec<History>,
}

#[derive(Debug)]
struct History {
    found: Found,
    rows: Vec<Row>,
    failed: bool,
}

impl Reading {
    /// Takes a table that may be a history.
    pub(crate) fn candidate(&mut self, value: &str) -> Result<(), serde_json::Error> {
        self.candidates.push(serde_json::from_str(value)?);
        Ok(())
    }

    /// Tells the histories among the candidates: the place of each with its query, and sentences about
    /// those that cannot be read.
    pub(crate) fn recognise(
        &mut self,
        options: &ReadMigrations,
        wanted: impl Fn(&str) -> bool,
    ) -> (Vec<(String, String)>, Vec<String>) {
        self.candidates.retain(|table| wanted(&table.schema));
        let (found, not_read) = recognise(&self.candidates, options);
        let queries = found.iter().enumerate();
        let queries = queries.map(|(at, found)| (found.place(), query(found, &at.to_string())));
        let queries = queries.collect();
        let history = |found| History { found, rows: Vec::new(), failed: false };
        self.histories = found.into_iter().map(history).collect();
        (queries, not_read)
    }

    /// Takes a row of a history, by the key that its query gives; `None` when there is none such.
    pub(crate) fn row(&mut self, key: &str, value: &str) -> Option<Result<(), serde_json::Error>> {
        let history = self.histories.get_mut(key.parse::<usize>().ok()?)?;
        Some(serde_json::from_str(value).map(|row| history.rows.push(row)))
    }

    /// The query of a history could not be run to its end.
    pub(crate) fn failed(&mut self, place: &str) {
        let of_place = self.histories.iter_mut().filter(|history| history.found.place() == place);
        of_place.for_each(|history| history.failed = true);
    }

    /// The ledgers, sorted, and sentences about those that are none.
    pub(crate) fn finish(self, options: &ReadMigrations) -> (Vec<Ledger>, Vec<String>) {
        let (mut ledgers, mut not_read) = (Vec::new(), Vec::new());
        for History { found, rows, failed } in self.histories {
            if failed {
                continue;
            }
            match ledger(&found, rows, options.hash) {
                Some(ledger) => ledgers.push(ledger),
                None => {
                    not_read.push(format!("{}: it has more than {MOST_ROWS} rows", found.place()));
                }
            }
        }
        ledgers.sort();
        (ledgers, not_read)
    }
}
