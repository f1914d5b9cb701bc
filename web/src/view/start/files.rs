//! Handing files to the worker.

use web_sys::FileList;

use crate::protocol::{ShelfAsk, Slot};
use crate::state::{Action, Place};
use crate::view::store::Store;

/// So many files at once are not a pair: they stand side by side.
const MANY: u32 = 3;

/// Opens every file of a list, in its order.
pub(super) fn open_files(store: &Store, files: Option<FileList>, slot: Option<Slot>) {
    let Some(files) = files else { return };
    store.act(crate::state::ShelfAction::ForgetRefusals);
    for at in 0..files.length() {
        let Some(file) = files.get(at) else { continue };
        let name = file.name();
        let busy = format!("Reading {name}, {}…", size(file.size()));
        store.command(ShelfAsk::Open { slot, name }, &[file.into()], busy);
    }
    if files.length() >= MANY {
        store.act(Action::Go(Place::Environments));
    }
}

/// A number of bytes, as people say it.
fn size(bytes: f64) -> String {
    match bytes {
        n if n < 1e3 => format!("{n} bytes"),
        n if n < 1e6 => format!("{:.0} kB", n / 1e3),
        n => format!("{:.1} MB", n / 1e6),
    }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_read_well() {
        assert_eq!(
            [size(12.0), size(34_500.0), size(2_300_000.0)],
            ["12 bytes", "34 kB", "2.3 MB"]
        );
    }
}
