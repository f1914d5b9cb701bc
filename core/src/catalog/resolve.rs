//! From the catalog's numbers to identities.

use crate::model::{FastMap, Id};

/// An entry of the catalog: class, OID, column number or 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Address {
    /// A number for the class, given by [`Addresses::class`].
    pub(super) class: u16,
    /// The OID.
    pub(super) oid: u32,
    /// The column's number; 0 for the whole.
    pub(super) sub: i32,
}

/// What an address leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// An object of the snapshot.
    Object(Id),
    /// A member of an extension.
    Extension(Id),
}

/// All that is known about addresses.
#[derive(Debug, Default)]
pub(super) struct Addresses {
    classes: Vec<String>,
    targets: FastMap<Address, Target>,
    aliases: FastMap<Address, Address>,
}

impl Addresses {
    /// The number of a class; classes are few.
    pub(super) fn class(&mut self, name: &str) -> u16 {
        let at = self.classes.iter().position(|class| class == name).unwrap_or_else(|| {
            self.classes.push(name.to_owned());
            self.classes.len() - 1
        });
        u16::try_from(at).unwrap_or(u16::MAX)
    }

    /// Reads `class/oid/column`.
    pub(super) fn parse(&mut self, text: &str) -> Option<Address> {
        let mut parts = text.split('/');
        let (class, oid, sub) = (parts.next()?, parts.next()?, parts.next()?);
        Some(Address { class: self.class(class), oid: oid.parse().ok()?, sub: sub.parse().ok()? })
    }

    /// Says what an address is.
    pub(super) fn insert(&mut self, address: Address, target: Target) {
        self.targets.insert(address, target);
    }

    /// Says that an address stands for another.
    pub(super) fn alias(&mut self, address: Address, other: Address) {
        self.aliases.insert(address, other);
    }

    /// What an address leads to: itself, what it stands for, or the whole that it is a part of.
    pub(super) fn resolve(&self, address: Address) -> Option<&Target> {
        let mut at = address;
        // Aliases lead from part to whole and from array to element: a chain is short, and a bound
        // keeps a damaged catalog from leading in circles.
        for _ in 0..6 {
            if let Some(target) = self.targets.get(&at) {
                return Some(target);
            }
            at = self.next(at)?;
        }
        None
    }

    /// What an address stands for, else the whole that it is a part of.
    pub(super) fn next(&self, address: Address) -> Option<Address> {
        let whole = Address { sub: 0, ..address };
        self.aliases
            .get(&address)
            .or_else(|| self.aliases.get(&whole))
            .copied()
            .or_else(|| (address.sub != 0).then_some(whole))
    }
}
