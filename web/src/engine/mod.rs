//! What the worker does: it owns the snapshots, the drift and the plan, and answers questions.
//!
//! Pure Rust without a browser: everything here runs and is tested natively. This module and its
//! children are the only place of the page that calls the core's functions. Each family of questions
//! has a folder with its own `answer`.

mod compare;
mod detail;
mod explore;
mod export;
mod glyphs;
mod history;
mod matrix;
mod plan;
mod samples;
mod shelf;
mod twins;
mod words;

#[cfg(test)]
mod export_tests;
#[cfg(test)]
mod review_tests;
#[cfg(test)]
mod tests;

use pgparity_core::snapshot::Snapshot;

use crate::protocol::{Ask, Request, Response, Settings, Stage};
use compare::Compared;
use explore::Explored;
use history::Followed;
use matrix::Matrix;
use shelf::Shelf;

pub(crate) use samples::unwoven;
pub(crate) use words::{kind_plural, kind_word};

/// The worker's memory.
#[derive(Default)]
pub(crate) struct Session {
    shelf: Shelf,
    compared: Option<Compared>,
    matrix: Matrix,
    followed: Option<Followed>,
    explored: Explored,
}

impl Session {
    /// What a question makes it do that may take a while; `None` when the answer is there already.
    /// Opening tells it by itself.
    fn stage(&self, request: &Request) -> Option<Stage> {
        match &request.ask {
            Ask::Shelf(_) => None,
            Ask::Matrix(_) => self.matrix.stage(&self.shelf),
            Ask::History(_) => {
                let settings = &request.settings;
                let known =
                    self.followed.as_ref().is_some_and(|old| old.is_of(&self.shelf, settings));
                (!known).then(|| Stage::Following { snapshots: self.shelf.all().count() })
            }
            Ask::Explore(explore) => self
                .stage_of_pair(&request.ask, &request.settings)
                .or_else(|| self.explored.stage(&self.shelf, explore)),
            ask => self.stage_of_pair(ask, &request.settings),
        }
    }

    fn stage_of_pair(&self, ask: &Ask, settings: &Settings) -> Option<Stage> {
        let (from, to) = self.shelf.both()?;
        match &self.compared {
            Some(compared) if compared.is_under(settings) => {
                let planning = matches!(ask, Ask::Plan(_)) && !compared.has_plan(settings);
                planning.then(|| Stage::Planning { changes: compared.drift().changes.len() })
            }
            _ => Some(Stage::Comparing { objects: objects(&from, &to), percent: 0 }),
        }
    }

    /// Answers one question. A file stands beside the question that opens one. `told` hears what it does that
    /// may take a while, while it does it.
    pub(crate) fn answer(
        &mut self,
        request: &Request,
        file: Option<Vec<u8>>,
        told: &mut dyn FnMut(Stage),
    ) -> Response {
        if let Some(stage) = self.stage(request) {
            told(stage);
        }
        let settings = &request.settings;
        if let Ask::Shelf(ask) = &request.ask {
            let answer = shelf::answer(&mut self.shelf, ask, file, told);
            if self.compared.as_ref().is_some_and(|compared| !self.shelf.compares(compared.sides()))
            {
                self.compared = None;
            }
            self.explored = Explored::default();
            return answer;
        }
        if let Ask::Matrix(ask) = &request.ask {
            return matrix::answer(&mut self.matrix, &self.shelf, &settings.ignore, ask);
        }
        if let Ask::History(ask) = &request.ask {
            return Followed::of(&mut self.followed, &self.shelf, settings).answer(ask).into();
        }
        if let Ask::Explore(ask) = &request.ask {
            self.compare(settings, told);
            let compared = self.compared.as_ref();
            return explore::answer(&mut self.explored, &self.shelf, compared, settings, ask);
        }
        let Some(compared) = self.compare(settings, told) else {
            return Response::Nothing("Two snapshots are needed to compare.".to_owned());
        };
        match &request.ask {
            Ask::Compare(ask) => compare::answer(compared, settings, ask).into(),
            Ask::Detail(ask) => detail::answer(compared, ask),
            Ask::Plan(ask) => plan::answer(compared, settings, ask).into(),
            Ask::Export(ask) => export::answer(compared, settings, ask).into(),
            Ask::Shelf(_) | Ask::Matrix(_) | Ask::History(_) | Ask::Explore(_) => {
                Response::Nothing("This has an answer already.".to_owned())
            }
        }
    }

    /// Makes one thing that will be asked for, while nobody asks for anything; false when there is
    /// nothing left to make.
    pub(crate) fn prepare(&self) -> bool {
        self.compared.as_ref().is_some_and(Compared::prepare)
    }

    /// The comparison under the given decisions, made again only where those changed.
    fn compare(
        &mut self,
        settings: &Settings,
        told: &mut dyn FnMut(Stage),
    ) -> Option<&mut Compared> {
        let (from, to) = self.shelf.both()?;
        let objects = objects(&from, &to);
        let told = &mut |percent| told(Stage::Comparing { objects, percent });
        match &mut self.compared {
            Some(compared) => {
                compared.decide(settings, told);
            }
            empty => *empty = Some(Compared::new(from, to, settings, told)),
        }
        self.compared.as_mut()
    }

    /// Answers a question of a test.
    #[cfg(test)]
    fn handle(&mut self, request: &Request, files: &[Vec<u8>]) -> Response {
        self.answer(request, files.first().cloned(), &mut |_| ())
    }
}

/// How many objects two snapshots have together.
fn objects(from: &Snapshot, to: &Snapshot) -> usize {
    from.side().objects + to.side().objects
}
