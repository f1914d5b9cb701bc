//! What the documentation says of each hazard.

use pgparity_core::action::Hazard;

/// What is said of one hazard. Backquotes stand around SQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct HazardPage {
    name: &'static str,
    /// What it is.
    pub meaning: &'static str,
    /// Which lock is taken, and for how long.
    pub lock: &'static str,
    /// What to do instead.
    pub advice: &'static str,
    /// Where the manual of PostgreSQL tells more.
    pub manual: &'static str,
}

static PAGES: &[HazardPage] = include!(concat!(env!("OUT_DIR"), "/hazards.rs"));

/// The page about a hazard.
pub(crate) fn hazard_page(hazard: Hazard) -> Option<&'static HazardPage> {
    PAGES.iter().find(|page| page.name == hazard.name())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_hazard_is_told_of_in_full() {
        for hazard in Hazard::ALL {
            let page = hazard_page(*hazard);
            assert!(page.is_some(), "{hazard}");
            for said in page.iter().flat_map(|p| [p.meaning, p.lock, p.advice, p.manual]) {
                assert!(
                    !said.is_empty() && !said.contains("](") && !said.contains('#'),
                    "{hazard}: {said}"
                );
                assert_eq!(said.matches('`').count() % 2, 0, "{hazard}: {said}");
            }
        }
    }
}
