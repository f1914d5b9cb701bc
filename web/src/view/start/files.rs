//! Handing files to the worker.

use web_sys::{File, FileList};

use crate::protocol::{Lay, ShelfAsk, Slot};
use crate::state::{Action, Place, ShelfAction};
use crate::view::opening::Opening;
use crate::view::store::Store;

/// So many files at once are not a pair: they stand side by side.
const MANY: usize = 3;

/// Opens the snapshots of a folder, in the order of their names. Other files are none of the page's.
pub(super) fn open_folder(store: &Store, files: Option<FileList>) {
    let Some(files) = files else { return };
    let all = (0..files.length()).filter_map(|at| files.get(at));
    let mut snapshots: Vec<File> = all.filter(|file| may_be_snapshot(&file.name())).collect();
    snapshots.sort_by_key(File::name);
    if snapshots.is_empty() {
        store.act(Action::say("The folder holds no .json, .jsonl or .gz file."));
    }
    let several = snapshots.len() > 1;
    open_each(store, snapshots, None);
    if several {
        store.act(Action::Go(Place::History));
    }
}

/// Whether a name is one that a snapshot may have.
fn may_be_snapshot(name: &str) -> bool {
    let name = name.to_lowercase();
    [".json", ".jsonl", ".json.gz", ".jsonl.gz"].iter().any(|ending| name.ends_with(ending))
}

/// Opens every file of a list, in its order.
pub(super) fn open_files(store: &Store, files: Option<FileList>, slot: Option<Slot>) {
    let Some(files) = files else { return };
    let all: Vec<File> = (0..files.length()).filter_map(|at| files.get(at)).collect();
    let many = all.len() >= MANY;
    open_each(store, all, slot);
    if many {
        store.act(Action::Go(Place::Environments));
    }
}

fn open_each(store: &Store, files: Vec<File>, slot: Option<Slot>) {
    store.act(ShelfAction::ForgetRefusals);
    let Some(first) = files.first().map(File::name) else { return };
    store.act(ShelfAction::Busy(format!("Reading {first}…")));
    let lay = slot.map_or(Lay::Free, Lay::On);
    let all = files.into_iter().map(|file| Opening::file(file.name(), file.into(), lay));
    store.open(all.collect(), ShelfAsk::Who);
}

#[cfg(test)]
mod tests {
    use super::may_be_snapshot;

    #[test]
    fn a_folder_gives_its_snapshots() {
        assert!(["a.json", "B.JSON.GZ", "c.jsonl"].into_iter().all(may_be_snapshot));
        assert!(!["a.sql", "json", "b.tar.gz"].into_iter().any(may_be_snapshot));
    }
}
