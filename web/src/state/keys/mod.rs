//! The keyboard: a stroke, the command it gives, and the map that `?` shows.

mod command;
mod map;
mod own;
mod stroke;

pub(crate) use command::{Command, command};
pub(crate) use map::map;
pub(crate) use own::{OwnKeys, SINGLE};
pub(crate) use stroke::Stroke;
