//! Random schemas of all kinds, in pairs that have most things in common, for laws that must hold
//! for every pair. A pair follows from its seed.

mod attached;
mod constraints;
mod extending;
mod foreign;
mod indexes;
mod operators;
mod partitions;
mod recipe;
mod routines;
mod scribe;
mod tables;
mod text_search;
mod triggers;
mod types;
mod views;
mod world;

pub use recipe::{Recipe, Side};
use scribe::{Draw, Scribe};
use world::{Class, Column, Relation, RelationKind, Routine, Type};
