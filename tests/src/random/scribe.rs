//! Writes the script of one side: every choice goes through here.

use std::collections::BTreeSet;

use fastrand::Rng;

use super::world::World;
use super::{Recipe, Side};
use super::{
    attached, constraints, extending, foreign, indexes, operators, routines, tables, text_search,
    triggers, types, views,
};

/// What one path decides.
#[derive(Debug)]
pub(super) struct Draw(Option<Rng>);

impl Draw {
    /// One of a list; the first is the plainest.
    pub(super) fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// True with this probability.
    pub(super) fn chance(&mut self, probability: f64) -> bool {
        self.0.as_mut().is_some_and(|rng| rng.f64() < probability)
    }

    /// A number below a limit.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        self.0.as_mut().map_or(0, |rng| rng.usize(..limit))
    }

    /// Some of a list, in another order.
    pub(super) fn some<T: Clone>(&mut self, list: &[T], probability: f64) -> Vec<T> {
        let Some(rng) = &mut self.0 else { return list.first().into_iter().cloned().collect() };
        let mut some: Vec<T> = list.iter().filter(|_| rng.f64() < probability).cloned().collect();
        rng.shuffle(&mut some);
        some
    }
}

/// A script in the making.
pub(super) struct Scribe<'r> {
    recipe: &'r Recipe,
    side: Side,
    /// The version of the oldest server that must understand the script.
    pub(super) version: u32,
    /// What the script has made so far.
    pub(super) world: World,
    paths: BTreeSet<String>,
    script: String,
}

impl<'r> Scribe<'r> {
    pub(super) fn new(recipe: &'r Recipe, side: Side, version: u32) -> Self {
        Self {
            recipe,
            side,
            version,
            world: World::default(),
            paths: BTreeSet::new(),
            script: String::new(),
        }
    }

    /// The script, and the paths of all choices in it.
    pub(super) fn write(mut self) -> (String, BTreeSet<String>) {
        self.say("SET client_min_messages = error");
        types::write(&mut self);
        routines::write_pure(&mut self);
        operators::write(&mut self);
        text_search::write(&mut self);
        extending::write(&mut self);
        tables::write(&mut self);
        constraints::write(&mut self);
        indexes::write(&mut self);
        routines::write_about_tables(&mut self);
        views::write(&mut self);
        triggers::write(&mut self);
        foreign::write(&mut self);
        extending::write_about_tables(&mut self);
        attached::write(&mut self);
        (self.script, self.paths)
    }

    /// Writes a statement.
    pub(super) fn say(&mut self, statement: impl AsRef<str>) {
        self.script.push_str(statement.as_ref());
        self.script.push_str(";\n");
    }

    /// Decides whether there is something at a path, and what.
    pub(super) fn has(&mut self, path: &str, probability: f64) -> Option<Draw> {
        self.paths.insert(path.to_owned());
        if self.recipe.is_removed(path) {
            return None;
        }
        let mut rng = self.recipe.rng(path, self.side);
        (rng.f64() < probability).then_some(Draw(Some(rng)))
    }

    /// Decides for both sides at once.
    pub(super) fn both_have(&self, what: &str, probability: f64) -> bool {
        self.recipe.rng(what, Side::From).f64() < probability
    }

    /// Decides at a path; one that was removed decides for what is plainest.
    pub(super) fn draw(&mut self, path: &str) -> Draw {
        self.paths.insert(path.to_owned());
        if self.recipe.is_removed(path) {
            return Draw(None);
        }
        Draw(Some(self.recipe.rng(path, self.side)))
    }

    /// A schema for what is at a path, and the name in it as SQL.
    pub(super) fn place(&mut self, path: &str, name: &str) -> String {
        let schemas = self.world.schemas.clone();
        let schema = self.draw(&format!("{path}/schema")).pick(&schemas).clone();
        format!("{schema}.{}", quoted(name))
    }
}

/// A name as SQL.
pub(super) fn quoted(name: &str) -> String {
    let keyword = matches!(name, "select" | "order");
    if !keyword
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    {
        return name.to_owned();
    }
    format!("\"{}\"", name.replace('"', "\"\""))
}
