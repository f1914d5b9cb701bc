//! What the worker does: it owns the two snapshots, the drift and the plan, and answers questions.
//!
//! Pure Rust without a browser: everything here runs and is tested natively. This module and its
//! children are the only place of the page that calls the core's functions.

mod align;
mod compared;
mod definition;
mod detail;
mod flatten;
mod glyphs;
mod plan_page;
mod sides;
mod summary;
mod tree;
mod words;

#[cfg(test)]
mod tests;

use crate::protocol::{Ask, Request, Response, Settings};
use compared::Compared;
use sides::Desk;

pub(crate) use words::{kind_plural, kind_word};

/// The worker's memory.
#[derive(Default)]
pub(crate) struct Session {
    desk: Desk,
    compared: Option<Compared>,
}

impl Session {
    /// Answers one question. A file's bytes stand beside [`Ask::Open`], those of the two samples
    /// beside [`Ask::Sample`].
    pub(crate) fn handle(&mut self, request: &Request, files: &[Vec<u8>]) -> Response {
        let settings = &request.settings;
        match &request.ask {
            Ask::Open { slot, name } => {
                let Some(bytes) = files.first() else {
                    return Response::Nothing(format!("{name} arrived without its content."));
                };
                match self.desk.open(*slot, name, bytes) {
                    Ok(()) => self.moved(),
                    Err(refusal) => Response::Refused(refusal),
                }
            }
            Ask::Sample => match self.desk.open_pair(files) {
                Ok(()) => self.moved(),
                Err(refusal) => Response::Refused(refusal),
            },
            Ask::Swap => {
                self.desk.swap();
                self.moved()
            }
            Ask::Close { slot } => {
                self.desk.close(*slot);
                self.moved()
            }
            question => match self.compare(settings) {
                Some(compared) => answer(compared, settings, question),
                None => Response::Nothing("Two snapshots are needed to compare.".to_owned()),
            },
        }
    }

    /// Forgets what was compared, because a side has changed.
    fn moved(&mut self) -> Response {
        self.compared = None;
        Response::Sides(self.desk.sides())
    }

    /// The comparison under the given decisions, made again only where those changed.
    fn compare(&mut self, settings: &Settings) -> Option<&mut Compared> {
        let (from, to) = self.desk.both()?;
        match &mut self.compared {
            Some(compared) => compared.decide(&settings.renames),
            empty => *empty = Some(Compared::new(from, to, &settings.renames)),
        }
        self.compared.as_mut()
    }
}

fn answer(compared: &mut Compared, settings: &Settings, ask: &Ask) -> Response {
    match ask {
        Ask::Rows { query, start, len } => Response::Rows(compared.rows(query, *start, *len)),
        Ask::Detail { id } => match compared.detail(id) {
            Some(detail) => Response::Detail(Box::new(detail)),
            None => Response::Nothing(format!("{} is in neither snapshot.", id.name())),
        },
        Ask::Serving { id } => Response::Serving(compared.serving(settings, id)),
        Ask::Plan { start, len } => Response::Plan(compared.plan_page(settings, *start, *len)),
        Ask::Export { format } => Response::Text(compared.export(settings, *format)),
        _ => Response::Overview(compared.overview()),
    }
}
