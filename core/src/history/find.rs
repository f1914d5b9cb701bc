//! Objects of a history by the names that people give.

use std::collections::BTreeSet;

use thiserror::Error;

use super::model::History;
use crate::model::Id;
use crate::objects::Kind;
use crate::report::visible;
use crate::sql::split_name;

/// Names that are listed as those that may be meant.
const LISTED: usize = 10;

/// Why a name does not tell an object.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FindError {
    /// Nothing of that name was ever there.
    #[error("no table or column `{}` in any of these snapshots{}", visible(.name), meant(.alike))]
    Nothing {
        /// The name.
        name: String,
        /// Identities of what has a part of it.
        alike: Vec<Id>,
    },
    /// Several objects have it.
    #[error("`{}` may be any of {}: name one of them so", visible(.name), list(.several))]
    Several {
        /// The name.
        name: String,
        /// Their identities.
        several: Vec<Id>,
    },
}

fn list(ids: &[Id]) -> String {
    let mut names: Vec<String> = ids.iter().take(LISTED).map(|id| visible(id.as_str())).collect();
    if ids.len() > LISTED {
        names.push(format!("{} more", ids.len() - LISTED));
    }
    names.join(", ")
}

fn meant(alike: &[Id]) -> String {
    if alike.is_empty() { String::new() } else { format!("; there is {}", list(alike)) }
}

/// The object that a name means: an identity, or `[schema.]table[.column]` as SQL spells it, in lower case
/// or between quotes.
pub fn find(history: &History, name: &str) -> Result<Id, FindError> {
    let exact = Id::from(name);
    if history.lane(&exact).is_some() {
        return Ok(exact);
    }
    let asked = parts(name);
    let fits = |parts: &[String], kind: Kind| {
        let least = if kind == Kind::Column { 2 } else { 1 };
        asked.len() >= least && parts.ends_with(&asked)
    };
    let named = |wanted: &dyn Fn(&[String], Kind) -> bool| -> Vec<Id> {
        let lanes = history.lanes.iter().filter(|lane| has_columns_or_is_one(lane.kind));
        let ids = lanes.filter(|lane| wanted(&split_name(lane.id.name()), lane.kind));
        ids.map(|lane| lane.id.clone()).collect::<BTreeSet<Id>>().into_iter().collect()
    };
    let found = named(&fits);
    match found.as_slice() {
        [one] => Ok(one.clone()),
        [] => {
            let last = asked.last();
            let alike = named(&|parts: &[String], _| parts.last() == last);
            Err(FindError::Nothing { name: name.to_owned(), alike })
        }
        _ => Err(FindError::Several { name: name.to_owned(), several: found }),
    }
}

fn has_columns_or_is_one(kind: Kind) -> bool {
    matches!(kind, Kind::Column | Kind::Table | Kind::View | Kind::MaterializedView)
}

/// The parts of a name, folded as SQL does where they are not quoted.
fn parts(name: &str) -> Vec<String> {
    if name.contains('"') {
        return split_name(name);
    }
    split_name(&name.to_lowercase())
}
