//! Two that work on one environment at once, in every order in which two pauses can put their steps: no state is
//! lost, and the next one that prunes leaves no duplicate.
#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use futures_util::StreamExt as _;
use futures_util::stream::BoxStream;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{
    CopyOptions, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta, ObjectStore,
    ObjectStoreExt as _, PutMultipartOptions, PutOptions, PutPayload, PutResult, Result,
};
use pgparity_core::snapshot::Snapshot;
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

use super::{Archive, Contents, Environment, Place};

/// How many more steps one of the two may take.
#[derive(Debug)]
struct Steps {
    left: Semaphore,
    waiting: AtomicBool,
}

impl Steps {
    async fn take(&self) {
        if let Ok(step) = self.left.try_acquire() {
            return step.forget();
        }
        self.waiting.store(true, Ordering::SeqCst);
        self.left.acquire().await.unwrap().forget();
        self.waiting.store(false, Ordering::SeqCst);
    }

    /// Lets so many steps happen; true when the work is done.
    async fn happen(&self, count: usize, work: &JoinHandle<()>) -> bool {
        if count > 0 {
            self.waiting.store(false, Ordering::SeqCst);
            self.left.add_permits(count);
        }
        while !work.is_finished() && !self.waiting.load(Ordering::SeqCst) {
            tokio::task::yield_now().await;
        }
        work.is_finished()
    }
}

/// A store whose listings, writes and deletions are steps.
#[derive(Clone, Debug)]
struct Stepped {
    inner: Arc<InMemory>,
    steps: Arc<Steps>,
}

impl fmt::Display for Stepped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}

#[async_trait::async_trait]
impl ObjectStore for Stepped {
    async fn put_opts(
        &self,
        location: &Path,
        payload: PutPayload,
        options: PutOptions,
    ) -> Result<PutResult> {
        self.steps.take().await;
        self.inner.put_opts(location, payload, options).await
    }

    async fn put_multipart_opts(
        &self,
        location: &Path,
        options: PutMultipartOptions,
    ) -> Result<Box<dyn MultipartUpload>> {
        self.inner.put_multipart_opts(location, options).await
    }

    async fn get_opts(&self, location: &Path, options: GetOptions) -> Result<GetResult> {
        self.inner.get_opts(location, options).await
    }

    fn delete_stream(
        &self,
        locations: BoxStream<'static, Result<Path>>,
    ) -> BoxStream<'static, Result<Path>> {
        let store = self.clone();
        let delete = move |path: Result<Path>| {
            let store = store.clone();
            async move {
                let path = path?;
                store.steps.take().await;
                store.inner.delete(&path).await.map(|()| path)
            }
        };
        locations.then(delete).boxed()
    }

    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        self.inner.list(prefix)
    }

    async fn list_with_delimiter(&self, prefix: Option<&Path>) -> Result<ListResult> {
        self.steps.take().await;
        self.inner.list_with_delimiter(prefix).await
    }

    async fn copy_opts(&self, from: &Path, to: &Path, options: CopyOptions) -> Result<()> {
        self.inner.copy_opts(from, to, options).await
    }
}

fn archive(store: Arc<dyn ObjectStore>) -> Archive {
    Archive { store, place: Place::Folder(PathBuf::from("memory")) }
}

fn production() -> Environment {
    "production".parse().unwrap()
}

/// `3a` brings the snapshot `a` of the third of January, `last=2` prunes.
async fn work(archive: Archive, words: &str) {
    for word in words.split(' ') {
        if word.contains('=') {
            let keep = word.parse().unwrap();
            archive.prune(&production(), &keep, false, 1 << 20).await.unwrap();
            continue;
        }
        let (day, hash) = word.split_at(1);
        let mut snapshot = Snapshot::default();
        snapshot.source.captured_at = format!("2026-01-0{day}T00:00:00Z");
        snapshot.fingerprint = format!("sha256:{}", hash.repeat(64));
        archive.store(&production(), Arc::new(snapshot), 1 << 20).await.unwrap();
    }
}

/// The days and snapshots that are there: `1a 3b`.
fn told(contents: &Contents) -> String {
    let short = |name: String| format!("{}{}", &name[7..8], &name[17..18]);
    let all: Vec<String> = contents.snapshots.iter().map(|one| short(one.name())).collect();
    all.join(" ")
}

/// After `first` steps of one and `second` steps of the other, the one ends and then the other. What is there then,
/// and which of the two was done before its pause.
async fn play(start: &str, pair: [&str; 2], pauses: [usize; 2]) -> (Arc<InMemory>, [bool; 2]) {
    let inner = Arc::new(InMemory::new());
    work(archive(Arc::clone(&inner) as Arc<dyn ObjectStore>), start).await;
    let begin = |words: &str| {
        let steps = Arc::new(Steps { left: Semaphore::new(0), waiting: AtomicBool::new(false) });
        let store = Stepped { inner: Arc::clone(&inner), steps: Arc::clone(&steps) };
        let words = words.to_owned();
        (steps, tokio::spawn(async move { work(archive(Arc::new(store)), &words).await }))
    };
    let (one, other) = (begin(pair[0]), begin(pair[1]));
    let done = [one.0.happen(pauses[0], &one.1).await, other.0.happen(pauses[1], &other.1).await];
    for (steps, task) in [one, other] {
        assert!(steps.happen(1000, &task).await, "it takes fewer steps than that");
        task.await.unwrap();
    }
    (inner, done)
}

/// Plays every order of two that work at once, and checks what is there then and after one more pruning.
fn in_every_order(start: &str, pair: [&str; 2], rules: &str, check: impl Fn(&Contents, &str)) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        for pair in [pair, [pair[1], pair[0]]] {
            let mut first = 0;
            let mut ended = false;
            while !ended {
                for second in 0.. {
                    let (inner, done) = play(start, pair, [first, second]).await;
                    let archive = archive(inner);
                    let order = format!("{first} steps of {}, {second} of {}", pair[0], pair[1]);
                    let contents = archive.contents(&production()).await.unwrap();
                    check(&contents, &format!("{order}: {}", told(&contents)));
                    work(archive.clone(), rules).await;
                    let contents = archive.contents(&production()).await.unwrap();
                    let there = format!("{order}, and pruned again: {}", told(&contents));
                    check(&contents, &there);
                    let equal = contents
                        .snapshots
                        .windows(2)
                        .find(|pair| pair[0].moment.hash == pair[1].moment.hash);
                    assert_eq!(equal, None, "{there}");
                    ended |= done[0];
                    if done[1] {
                        break;
                    }
                }
                first += 1;
            }
        }
    });
}

/// What is there at the end of a day of January.
fn at(contents: &Contents, day: Option<u8>) -> Option<char> {
    let day = day.map(|day| super::Stamp::asked(&format!("2026-01-0{day}")).unwrap());
    contents.at(day.as_ref())?.name().chars().nth(17)
}

/// A slow writer takes away the duplicate that its own snapshot makes, and what prunes keeps the later of the two.
#[test]
fn a_duplicate_and_its_twin_are_not_both_taken_away() {
    in_every_order("5a 9b", ["1a", "last=2"], "last=2", |contents, order| {
        assert_eq!((at(contents, Some(5)), at(contents, None)), (Some('a'), Some('b')), "{order}");
    });
}

#[test]
fn a_duplicate_of_a_state_that_came_back_is_not_lost() {
    in_every_order("1a 3c 5a 9b", ["4a", "last=2"], "last=2", |contents, order| {
        assert_eq!((at(contents, Some(5)), at(contents, None)), (Some('a'), Some('b')), "{order}");
    });
}

/// A writer that finds nothing changed counts on a snapshot that something else has made superfluous by then.
#[test]
fn what_a_mark_counts_on_stays_or_is_stored_anew() {
    in_every_order("1a", ["8a", "6b last=1"], "last=1", |contents, order| {
        assert_eq!(at(contents, None), Some('a'), "{order}");
    });
}
