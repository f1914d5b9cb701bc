//! What histories of migrations tell, in sentences.

use super::compare::{Compared, LedgerSide};
use super::folder::Folder;
use super::{tools, trouble};
use crate::diff::Note;
use crate::snapshot::Snapshot;
use crate::sql::qualified;

/// How many names a sentence tells.
const NAMES: usize = 20;

/// All sentences about two snapshots.
pub(super) fn all(
    from: &Snapshot,
    to: &Snapshot,
    folder: Option<&Folder>,
    pairs: &[Compared<'_>],
    drift: bool,
) -> Vec<Note> {
    let (a, b) = (from.side().label, to.side().label);
    let labels = if a == b { ["From".to_owned(), "To".to_owned()] } else { [a, b] };
    let read = [from, to].map(|side| side.source.migrations || !side.migrations.is_empty());
    let unread = [from, to].map(has_unread);
    let mut said = Said { notes: Vec::new(), labels, read, unread, folder, place: String::new() };
    for compared in pairs {
        said.pair(compared);
    }
    said.place.clear();
    if read[0] != read[1] {
        said.say(
            "one_read",
            "histories of migrations were looked for in one of the two snapshots only".to_owned(),
        );
    }
    let settled = |compared: &Compared<'_>| {
        let mut sides = [&compared.pair.from, &compared.pair.to].into_iter().flatten();
        compared.pair.same
            && sides.all(|side| side.failed.is_empty() && side.in_progress.is_empty())
    };
    if drift && read == [true, true] && !pairs.is_empty() && pairs.iter().all(settled) {
        said.say(
            "unexplained",
            "there is drift that no migration explains: both sides have the same migrations"
                .to_owned(),
        );
    }
    if let Some(folder) = folder.filter(|_| pairs.iter().all(|pair| pair.scripts.is_empty())) {
        let message = if pairs.is_empty() {
            format!("neither side has a history to hold the folder {} against", folder.name)
        } else {
            let mut tools: Vec<&str> = pairs.iter().filter_map(|p| Some(p.tool?.title)).collect();
            tools.dedup();
            format!("the folder {} holds no migrations of {}", folder.name, tools.join(", "))
        };
        said.say("folder", message);
    }
    said.notes
}

/// Sentences that grow.
struct Said<'a> {
    notes: Vec<Note>,
    labels: [String; 2],
    read: [bool; 2],
    /// Which of the two has a history that could not be read.
    unread: [bool; 2],
    folder: Option<&'a Folder>,
    /// What stands in front: tool and table.
    place: String,
}

impl Said<'_> {
    fn say(&mut self, code: &str, message: String) {
        let message =
            if self.place.is_empty() { message } else { format!("{}: {message}", self.place) };
        self.notes.push(Note { code: code.to_owned(), message });
    }

    fn pair(&mut self, compared: &Compared<'_>) {
        let pair = &compared.pair;
        let sides = [pair.from.as_ref(), pair.to.as_ref()];
        let mut tables: Vec<String> =
            sides.iter().flatten().map(|side| qualified(&side.schema, &side.table)).collect();
        tables.dedup();
        self.place = format!("{} ({})", title(&pair.tool), tables.join(", "));
        let [from, to] = self.labels.clone();
        match sides {
            [Some(a), Some(b)] => self.both(compared, a, b),
            [Some(_), None] if self.read[1] => self.one_side(&from, &to, self.unread[1]),
            [None, Some(_)] if self.read[0] => self.one_side(&to, &from, self.unread[0]),
            _ => {}
        }
        for (side, label) in sides.into_iter().zip([from, to]) {
            if let Some(side) = side {
                self.side(compared, side, &label);
            }
        }
    }

    /// Only one side's history is known. What could not be read may be the other's.
    fn one_side(&mut self, has: &str, lacks: &str, unread: bool) {
        if unread {
            let message = format!("of this history, that of {has} alone could be read");
            self.say("one_read", message);
        } else {
            self.say("one_side", format!("only {has} has this history, {lacks} has none"));
        }
    }

    fn both(&mut self, compared: &Compared<'_>, from: &LedgerSide, to: &LedgerSide) {
        let pair = &compared.pair;
        let [a, b] = self.labels.clone();
        let Some(both) = pair.both else {
            if pair.same {
                self.say("same", format!("both sides are at {}", heads(&from.heads)));
            } else {
                let more = if self.folder.is_none() {
                    "; what lies between, the files tell (--migrations DIR)"
                } else {
                    ""
                };
                let (x, y) = (heads(&from.heads), heads(&to.heads));
                self.say("heads_differ", format!("{a} is at {x}, {b} at {y}{more}"));
            }
            return;
        };
        if !pair.only_to.is_empty() {
            let (count, names) = (counted(pair.only_to.len()), listed(&pair.only_to));
            self.say("behind", format!("{a} is {count} behind {b}: {names}"));
        }
        if !pair.only_from.is_empty() {
            self.say("only_from", format!("applied only in {a}: {}", listed(&pair.only_from)));
        }
        if pair.same {
            let head = match to.heads.as_slice() {
                [head] => format!(", the last one is {head}"),
                _ => String::new(),
            };
            self.say("same", format!("both sides have the same {}{head}", counted(both)));
        }
    }

    fn side(&mut self, compared: &Compared<'_>, side: &LedgerSide, label: &str) {
        if let Some(heads) = trouble::several_heads(&compared.pair.tool, side) {
            self.say("several_heads", format!("{label} has {heads}"));
        }
        if let Some(failed) = trouble::failed(side) {
            self.say("failed", format!("{label} has {failed}"));
        }
        if let Some(unended) = trouble::unended(side) {
            self.say("in_progress", format!("in {label} {unended}"));
        }
        if let Some(held) = trouble::held(side) {
            self.say("locked", format!("the lock in {label} is {held}"));
        }
        let Some(name) = self.folder.map(|folder| folder.name.clone()) else { return };
        match &side.pending {
            Some(pending) if pending.is_empty() => {
                self.say("pending", format!("nothing of {name} is pending in {label}"));
            }
            Some(pending) => {
                let (all, count, names) = (compared.scripts.len(), pending.len(), listed(pending));
                let message = format!("pending in {label}, {count} of {all} in {name}: {names}");
                self.say("pending", message);
            }
            None => {}
        }
        if !side.not_in_folder.is_empty() {
            let names = listed(&side.not_in_folder);
            self.say("not_in_folder", format!("applied in {label} and not in {name}: {names}"));
        }
    }
}

fn heads(heads: &[String]) -> String {
    if heads.is_empty() { "nothing".to_owned() } else { listed(heads) }
}

fn counted(count: usize) -> String {
    if count == 1 { "1 migration".to_owned() } else { format!("{count} migrations") }
}

/// True for a snapshot whose server had a history that could not be read.
pub(crate) fn has_unread(snapshot: &Snapshot) -> bool {
    snapshot.source.not_read.iter().any(|what| what.starts_with("migrations: "))
}

/// What people call a tool.
pub(crate) fn title(tool: &str) -> &str {
    tools::named(tool).map_or(tool, |known| known.title)
}

/// Names for a sentence, so many that it can be read.
pub(crate) fn listed(names: &[String]) -> String {
    let shown: Vec<&str> = names.iter().take(NAMES).map(String::as_str).collect();
    let more = names.len().saturating_sub(shown.len());
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", shown.join(", "))
}
