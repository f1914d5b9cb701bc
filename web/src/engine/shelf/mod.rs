//! The shelf: the snapshots that were opened, and which of them are From and To.

mod notices;
mod read;

use std::rc::Rc;

use pgparity_core::snapshot::{Document, Snapshot};

use crate::protocol::{
    Lay, Refusal, Response, ShelfAnswer, ShelfAsk, Shelved, Sides, Slot, SnapId, Stage,
};
use notices::notices;

/// A snapshot and its number.
struct Entry {
    id: SnapId,
    name: String,
    sample: Option<Slot>,
    snapshot: Rc<Snapshot>,
}

/// Holds every snapshot that was opened. From and To are two of them.
#[derive(Default)]
pub(super) struct Shelf {
    snapshots: Vec<Entry>,
    from: Option<SnapId>,
    to: Option<SnapId>,
    /// The document of the first snapshot: what stands in the second word for word is not read
    /// again.
    first: Option<Document>,
    guessed: bool,
}

/// Answers a question about the shelf. The bytes stand beside [`ShelfAsk::Open`].
pub(super) fn answer(
    shelf: &mut Shelf,
    ask: &ShelfAsk,
    file: Option<Vec<u8>>,
    told: &mut dyn FnMut(Stage),
) -> Response {
    match ask {
        ShelfAsk::Open { id, lay, name, sample } => {
            let Some(bytes) = file else {
                return Response::Nothing(format!("{name} arrived without its content."));
            };
            let entry = |snapshot| Entry { id: *id, name: name.clone(), sample: *sample, snapshot };
            let of = bytes.len() as u64;
            let mut told = |done: usize| {
                told(Stage::Parsing { name: name.clone(), done: done as u64, bytes: of });
            };
            told(0);
            return match shelf.open(*lay, (name, bytes), entry, &mut told) {
                Ok(()) => ShelfAnswer::Opened(*id).into(),
                Err(refusal) => ShelfAnswer::Refused(refusal).into(),
            };
        }
        ShelfAsk::Clear => *shelf = Shelf::default(),
        ShelfAsk::Who => {}
        ShelfAsk::Arrange { from, to, guessed } => shelf.arrange(*from, *to, *guessed),
        ShelfAsk::Swap => shelf.swap(),
        ShelfAsk::Lay { slot, id } => shelf.lay(*slot, *id),
        ShelfAsk::Close { slot } => shelf.close(*slot),
        ShelfAsk::Pair { from, to } => shelf.pair(*from, *to),
        ShelfAsk::Remove { id } => shelf.remove(*id),
    }
    ShelfAnswer::Sides(shelf.sides()).into()
}

impl Shelf {
    /// Reads a snapshot, puts it on the shelf and lays it on a side. On no side in particular, it
    /// takes the free one, and two snapshots are ordered by capture time. What lay there stays on
    /// the shelf. The first one keeps its document until there is another.
    fn open(
        &mut self,
        lay: Lay,
        (name, bytes): (&str, Vec<u8>),
        entry: impl FnOnce(Rc<Snapshot>) -> Entry,
        told: &mut dyn FnMut(usize),
    ) -> Result<(), Refusal> {
        let (snapshot, document) = read::read(name, bytes, self.first.as_ref(), told)?;
        let entry = entry(Rc::new(snapshot));
        let id = Some(entry.id);
        // A number that is given twice is the same snapshot, read again.
        self.snapshots.retain(|old| Some(old.id) != id);
        self.first = document.filter(|_| self.snapshots.is_empty());
        self.snapshots.push(entry);
        match lay {
            Lay::Nowhere => return Ok(()),
            Lay::On(Slot::From) => self.from = id,
            Lay::On(Slot::To) => self.to = id,
            Lay::Free => match self.from.or(self.to) {
                None => self.from = id,
                // With both sides taken, the new one is the next desired state.
                kept => {
                    self.from = kept;
                    self.to = id;
                    self.guess();
                    return Ok(());
                }
            },
        }
        self.guessed = false;
        Ok(())
    }

    /// Lays the sides as they were, as far as the snapshots are there.
    fn arrange(&mut self, from: Option<SnapId>, to: Option<SnapId>, guessed: bool) {
        let there = |id: Option<SnapId>| id.filter(|_| self.get(id).is_some());
        (self.from, self.to) = (there(from), there(to));
        self.guessed = guessed && self.from.is_some() && self.to.is_some();
    }

    /// Exchanges the sides.
    fn swap(&mut self) {
        std::mem::swap(&mut self.from, &mut self.to);
        self.guessed = false;
    }

    /// Puts a snapshot of the shelf on a side. From the other side it changes places with what lies
    /// here: nobody wants to compare a snapshot with itself.
    fn lay(&mut self, slot: Slot, id: SnapId) {
        if self.get(Some(id)).is_none() {
            return;
        }
        let (here, there) = match slot {
            Slot::From => (&mut self.from, &mut self.to),
            Slot::To => (&mut self.to, &mut self.from),
        };
        if *there == Some(id) {
            *there = *here;
        }
        *here = Some(id);
        self.guessed = false;
    }

    /// Every snapshot with its number, in the order of opening.
    pub(super) fn all(&self) -> impl Iterator<Item = (SnapId, &Rc<Snapshot>)> {
        self.snapshots.iter().map(|entry| (entry.id, &entry.snapshot))
    }

    /// Takes the snapshot of one side away.
    fn close(&mut self, slot: Slot) {
        let side = match slot {
            Slot::From => &mut self.from,
            Slot::To => &mut self.to,
        };
        let closed = side.take();
        let still_shown = [self.from, self.to].contains(&closed);
        self.snapshots.retain(|entry| Some(entry.id) != closed || still_shown);
        self.first = None;
        self.guessed = false;
    }

    /// Lays two snapshots on the sides, if they are still there.
    fn pair(&mut self, from: SnapId, to: SnapId) {
        if self.get(Some(from)).is_some() && self.get(Some(to)).is_some() {
            (self.from, self.to) = (Some(from), Some(to));
            self.guessed = false;
        }
    }

    /// Takes a snapshot away.
    fn remove(&mut self, id: SnapId) {
        self.snapshots.retain(|entry| entry.id != id);
        self.first = None;
        for side in [&mut self.from, &mut self.to] {
            if *side == Some(id) {
                *side = None;
                self.guessed = false;
            }
        }
    }

    /// Both snapshots, when both are there.
    pub(super) fn both(&self) -> Option<(Rc<Snapshot>, Rc<Snapshot>)> {
        self.get(self.from).cloned().zip(self.get(self.to).cloned())
    }

    /// Whether these two are on the sides, each on its own.
    pub(super) fn compares(&self, sides: (&Rc<Snapshot>, &Rc<Snapshot>)) -> bool {
        let same = |id, wanted: &Rc<Snapshot>| {
            self.get(id).is_some_and(|snapshot| Rc::ptr_eq(snapshot, wanted))
        };
        same(self.from, sides.0) && same(self.to, sides.1)
    }

    /// Who is on which side, for people.
    fn sides(&self) -> Sides {
        let side = |id| self.get(id).map(|snapshot| snapshot.side());
        let (from, to) = (side(self.from), side(self.to));
        let notices = match (&from, &to) {
            (Some(from), Some(to)) => notices(from, to),
            _ => Vec::new(),
        };
        let shelved = |entry: &Entry| Shelved {
            id: entry.id,
            name: entry.name.clone(),
            sample: entry.sample,
            side: entry.snapshot.side(),
        };
        let shelf = self.snapshots.iter().map(shelved).collect();
        let (from_id, to_id) = (self.from, self.to);
        Sides { from, to, from_id, to_id, shelf, guessed: self.guessed, notices }
    }

    fn get(&self, id: Option<SnapId>) -> Option<&Rc<Snapshot>> {
        let found = self.snapshots.iter().find(|entry| Some(entry.id) == id);
        found.map(|entry| &entry.snapshot)
    }

    /// Orders the two by capture time: the older one is what is, the newer one what should be.
    fn guess(&mut self) {
        if let Some((from, to)) = self.both() {
            if from.side().captured_at > to.side().captured_at {
                std::mem::swap(&mut self.from, &mut self.to);
            }
            self.guessed = true;
        }
    }
}
