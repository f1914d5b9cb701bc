//! Casts that users made, between the types of a column.
//!
//! PostgreSQL manual, "CREATE CAST": one that is for assignments is taken by itself, any other where it is
//! written. With a cast of its own between two types, PostgreSQL looks for no other way
//! (`find_coercion_pathway()`).

use super::type_change::{TypeChange, parts, type_change};
use super::{Cast, Object, Objects, Situation};
use crate::action::Action;
use crate::model::Id;

/// A cast, and when it is there.
#[derive(Clone, Copy)]
pub(super) struct OwnCast<'a> {
    cast: &'a Cast,
    /// The plan brings it, or has it another way.
    comes: bool,
    /// PostgreSQL applies it to each element of an array.
    of_elements: bool,
}

/// What a change of type means, with the casts that users made.
pub(super) fn change<'a>(
    (from, to): (&str, &str),
    situation: &Situation<'a>,
) -> (TypeChange, Option<OwnCast<'a>>) {
    let otherwise = type_change(from, to);
    let own = (from != to).then(|| own_cast((from, to), situation)).flatten();
    (own.map_or(otherwise, |own| own.change(otherwise)), own)
}

fn own_cast<'a>((from, to): (&str, &str), situation: &Situation<'a>) -> Option<OwnCast<'a>> {
    let (source, target) = (parts(from).0, parts(to).0);
    let elements = source.strip_suffix("[]").zip(target.strip_suffix("[]"));
    between((&source, &target), situation).or_else(|| {
        let own = between(elements?, situation)?;
        Some(OwnCast { of_elements: true, ..own })
    })
}

fn between<'a>(types: (&str, &str), situation: &Situation<'a>) -> Option<OwnCast<'a>> {
    let find = |objects: &'a Objects| {
        objects.cast.iter().find(|cast| (cast.source.as_str(), cast.target.as_str()) == types)
    };
    let own = |cast, comes| Some(OwnCast { cast, comes, of_elements: false });
    match (find(situation.from), find(situation.to)) {
        (Some(old), Some(new)) if old.does_as(new) => own(old, false),
        (_, Some(new)) => own(new, true),
        (Some(old), None) => own(old, false),
        (None, None) => None,
    }
}

impl OwnCast<'_> {
    fn change(self, otherwise: TypeChange) -> TypeChange {
        let written = self.cast.context.is_none() || self.of_elements;
        let change = TypeChange { using: written, by_cast: true, ..TypeChange::default() };
        if self.cast.inout {
            return TypeChange { using: written, by_cast: true, ..otherwise };
        }
        if self.cast.function.is_none() {
            return TypeChange { rewrites: self.of_elements, ..change };
        }
        // What a function does is not known; an implicit cast is one that keeps all there is.
        let keeps = self.cast.context.as_deref() == Some("IMPLICIT");
        TypeChange { narrows: !keeps, rewrites: true, may_fail: true, ..change }
    }

    /// The statement runs while the cast is there.
    pub(super) fn orders(self, action: Action) -> Action {
        let id: Id = Object::id(self.cast);
        if self.comes { action.requires([id]) } else { action.releases([id]) }
    }
}

impl Cast {
    /// True when both do the same with a value.
    fn does_as(&self, other: &Cast) -> bool {
        (&self.function, self.inout, &self.context)
            == (&other.function, other.inout, &other.context)
    }
}
