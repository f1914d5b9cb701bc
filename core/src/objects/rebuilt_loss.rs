//! What a type that is built anew under the same name no longer holds.
//!
//! The values of its columns are cast, and a cast that is written out cuts and rounds without a word
//! (PostgreSQL manual, "Type Conversion", "Value Storage").

use super::type_change::{Family, family, parts, type_change};
use super::{Composite, Domain, Situation};
use crate::model::Id;
use crate::sql::quote_ident;

/// Types inside of types, before it is given up to look.
const DEPTH: usize = 16;

/// A part of the type whose values may be cut or rounded: in words, where it is, from which type to which.
pub(super) fn narrowed(data_type: &str, situation: &Situation<'_>) -> Option<String> {
    narrows((data_type, data_type), situation, Cast::Assigned, DEPTH)
}

/// True for a type whose values are texts, and which its column can be assigned: what is too long
/// fails then, and is not cut.
pub(super) fn takes_text(data_type: &str, situation: &Situation<'_>) -> bool {
    let base = base_of(data_type, |name| domain(situation.to, name));
    base != data_type && family(&parts(base).0) == Family::Text
}

/// How a value gets its type.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cast {
    /// As a whole, by the statement: a text that is too long is refused.
    Assigned,
    /// Inside of a row or an array, by a cast that is written out.
    Spelled,
}

fn narrows(
    (old, new): (&str, &str),
    situation: &Situation<'_>,
    cast: Cast,
    depth: usize,
) -> Option<String> {
    let depth = depth.checked_sub(1)?;
    if let Some((old, new)) = old.strip_suffix("[]").zip(new.strip_suffix("[]")) {
        return narrows((old, new), situation, Cast::Spelled, depth);
    }
    let old = base_of(old, |name| domain(situation.from, name));
    let new = base_of(new, |name| domain(situation.to, name));
    let rows = composite(situation.from, old).zip(composite(situation.to, new));
    if let Some((before, after)) = rows {
        return after.attributes.iter().find_map(|attribute| {
            let was = before.attributes.iter().find(|was| was.name == attribute.name)?;
            let types = (was.data_type.as_str(), attribute.data_type.as_str());
            let lost = narrows(types, situation, Cast::Spelled, depth)?;
            Some(format!("attribute {} of {new}: {lost}", quote_ident(&attribute.name)))
        });
    }
    if old.ends_with("[]") || new.ends_with("[]") {
        return (old != new).then(|| narrows((old, new), situation, Cast::Spelled, depth))?;
    }
    let change = type_change(old, new);
    let texts = [old, new].iter().all(|name| family(&parts(name).0) == Family::Text);
    (change.narrows || cast == Cast::Spelled && texts && change.may_fail)
        .then(|| format!("{new} may not hold every value of {old}"))
}

/// The type under domains.
pub(super) fn base_of<'a>(
    data_type: &'a str,
    domain: impl Fn(&str) -> Option<&'a Domain>,
) -> &'a str {
    let next = |name: &&'a str| domain(name).map(|domain| domain.base_type.as_str());
    std::iter::successors(Some(data_type), next).take(DEPTH).last().unwrap_or(data_type)
}

/// The domain of this name.
pub(super) fn domain<'a>(objects: &'a super::Objects, name: &str) -> Option<&'a Domain> {
    objects.find(&Id::from_sql("domain", name))?.as_any().downcast_ref::<Domain>()
}

/// The composite type of this name.
pub(super) fn composite<'a>(objects: &'a super::Objects, name: &str) -> Option<&'a Composite> {
    objects.find(&Id::from_sql("composite", name))?.as_any().downcast_ref::<Composite>()
}
