//! pgparity's core: the snapshot model, the diff and the plan.
//!
//! Pure: no I/O, no clock, no randomness, the same bytes on every platform. The way of the data is
//! the order of the modules: [`catalog`] rows become a [`snapshot`] of [`objects`]; two snapshots
//! become a drift ([`diff`]); a drift becomes a [`plan`]; both become a [`report`]. Many snapshots at
//! once are compared by [`variants`]; those of one database, one after the other, by [`history`].
//! What hangs together in one snapshot is told by [`impact`] and [`relations`]; which [`migrations`] a
//! database has, by the tables that their tools keep. Whether one is as it must be is told by [`policy`].
//! What CI systems are told of all this are [`alerts`].

pub mod action;
pub mod alerts;
pub mod align;
pub mod catalog;
pub mod diff;
pub mod history;
pub mod impact;
pub mod migrations;
pub mod model;
pub mod objects;
pub mod plan;
pub mod policy;
#[cfg(test)]
mod published;
pub mod relations;
pub mod report;
pub mod snapshot;
pub mod sql;
pub mod variants;
