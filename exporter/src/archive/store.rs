//! Writing to an archive: a snapshot where something changed, a mark where nothing did.
//!
//! Writers do not know of each other. Each looks at what was there just before its own snapshot. Two that
//! bring the same at once may both store it; whoever then finds two neighbours that are equal leaves a mark
//! for the later one and takes that away, the mark first, so that at no time anything is lost. What is counted on may
//! be pruned meanwhile: `prune.rs` says how that is seen.

use std::io::Write as _;
use std::sync::Arc;

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use object_store::path::Path;
use object_store::{Error, ObjectStoreExt as _, PutMode, PutOptions, PutPayload};
use pgparity_core::snapshot::{self, Snapshot};

use super::names::{Hash, Item, Moment};
use super::{Archive, Archived, Contents, Details, Environment, Index, Stamp, failure, index};

/// How many snapshots are read at once where an index has to be made anew.
const AT_ONCE: usize = 4;

/// What became of a snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stored {
    /// It differs from what was there before, and is kept under this name.
    New(String),
    /// The same is there since then.
    Unchanged(Stamp),
}

impl Archive {
    /// Keeps a snapshot, unless the one before it in time has the same fingerprint. `limit` is how
    /// large a snapshot may be that is read for the index.
    pub(crate) async fn store(
        &self,
        environment: &Environment,
        snapshot: Arc<Snapshot>,
        limit: u64,
    ) -> Result<Stored> {
        let what =
            || format!("cannot store a snapshot of {environment} in the archive {}", self.place);
        let source = &snapshot.source;
        let time = Stamp::of(&source.captured_at);
        let time = time.with_context(|| format!("`{}` is no time", source.captured_at));
        let hash = Hash::of(&snapshot.fingerprint).context("it has no fingerprint");
        let moment = Moment { time: time.with_context(what)?, hash: hash.with_context(what)? };
        let contents = self.contents(environment).await?;
        if contents.snapshots.is_empty() {
            self.refuse_twin(environment).await?;
        }
        if let Some(before) = same_before(&contents, &moment) {
            let marked = self.mark(environment, &moment).await.with_context(what)?;
            // Whoever prunes may be about to remove what the mark counts on.
            if marked.holds(&moment) {
                // A writer that was killed may have left it without the newest.
                let index = self.index(environment).await;
                if marked.snapshots.iter().any(|one| !index.contains_key(&one.name())) {
                    self.write_index(environment, &marked, None, limit).await?;
                }
                return Ok(Stored::Unchanged(before.moment.time.clone()));
            }
        }
        let details = Details::from(snapshot.side());
        let bytes = tokio::task::spawn_blocking(move || packed(&snapshot)).await;
        let bytes = bytes.context("internal error")?.with_context(what)?;
        let name = Item::Snapshot(moment.clone()).name();
        self.put_new(environment, &name, bytes).await.with_context(what)?;
        let mut contents = self.contents(environment).await?;
        let before = same_before(&contents, &moment).map(|before| before.moment.time.clone());
        // Taking one away can bring the next one of several writers beside this.
        while let Some(later) = contents.twin(&moment) {
            let taken = self.take_away(environment, &later).await.with_context(what)?;
            contents = self.contents(environment).await?;
            if !taken && contents.has(&later) {
                break;
            }
        }
        let stored = match before {
            Some(before) if !contents.has(&moment) => Stored::Unchanged(before),
            _ => Stored::New(name.clone()),
        };
        self.write_index(environment, &contents, Some((name, details)), limit).await?;
        Ok(stored)
    }

    /// On file systems and in stores alike, two names that differ in capitals alone would be mixed up by
    /// somebody, or by the system.
    async fn refuse_twin(&self, environment: &Environment) -> Result<()> {
        let all = self.environments().await?;
        let twin = |one: &&Environment| {
            *one != environment && one.as_str().eq_ignore_ascii_case(environment.as_str())
        };
        match all.iter().find(twin) {
            Some(twin) => anyhow::bail!(
                "the archive {} has the environment `{twin}`, which differs from `{environment}` in \
                 capitals alone: take that name, or another one",
                self.place
            ),
            None => Ok(()),
        }
    }

    /// Leaves a mark for a duplicate and takes it away, unless the snapshot that stands for it is about to be removed:
    /// then it stays, and false is returned. The mark announces it to those who prune.
    pub(super) async fn take_away(
        &self,
        environment: &Environment,
        later: &Moment,
    ) -> Result<bool> {
        let may_go = self.mark(environment, later).await?.may_go(later);
        if may_go {
            self.delete(environment, &Item::Snapshot(later.clone()).name()).await?;
        }
        Ok(may_go)
    }

    /// Marks that a snapshot was seen again, and removes marks that tell nothing any more; what was there after it was
    /// marked.
    async fn mark(&self, environment: &Environment, moment: &Moment) -> Result<Contents> {
        let item = Item::Seen(moment.clone());
        let path = path(environment, &item.name());
        let text = format!("{} was there at {}\n", moment.hash, moment.time);
        let put = self.store.put(&path, PutPayload::from(text)).await;
        put.map_err(|error| failure::explain(&error))?;
        let contents = self.contents(environment).await?;
        for mark in contents.outdated_by(moment) {
            self.delete(environment, &Item::Seen(mark).name()).await?;
        }
        Ok(contents)
    }

    /// Writes a snapshot, unless it is there: its name says what it holds.
    async fn put_new(&self, environment: &Environment, name: &str, bytes: Vec<u8>) -> Result<()> {
        let path = path(environment, name);
        let payload = PutPayload::from(bytes);
        let create = PutOptions::from(PutMode::Create);
        let put = match self.store.put_opts(&path, payload.clone(), create).await {
            // Some stores have no such condition. What is there is the same.
            Err(Error::NotImplemented { .. } | Error::NotSupported { .. }) => {
                self.store.put(&path, payload).await
            }
            other => other,
        };
        match put {
            Ok(_) | Err(Error::AlreadyExists { .. } | Error::Precondition { .. }) => Ok(()),
            Err(error) => Err(failure::explain(&error)),
        }
    }

    /// Another writer may have removed it already.
    pub(super) async fn delete(&self, environment: &Environment, name: &str) -> Result<()> {
        match self.store.delete(&path(environment, name)).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(failure::explain(&error)),
        }
    }

    /// Writes the index: what it has of the snapshots that are there, and what it lacks from those.
    pub(super) async fn write_index(
        &self,
        environment: &Environment,
        contents: &Contents,
        known: Option<(String, Details)>,
        limit: u64,
    ) -> Result<()> {
        let mut details = self.index(environment).await;
        details.extend(known);
        details.retain(|name, _| contents.snapshots.iter().any(|one| one.name() == *name));
        let missing: Vec<Archived> = contents
            .snapshots
            .iter()
            .filter(|one| !details.contains_key(&one.name()))
            .cloned()
            .collect();
        let read = stream::iter(missing).map(async |one| -> Result<(String, Details)> {
            let text = self.read(environment, &one, limit).await?;
            let name = one.name();
            let read = move || Ok((name, Details::from(snapshot::read(text.as_bytes())?.side())));
            tokio::task::spawn_blocking(read).await.context("internal error")?
        });
        let mut read = std::pin::pin!(read.buffered(AT_ONCE));
        loop {
            match read.try_next().await {
                Ok(Some((name, found))) => drop(details.insert(name, found)),
                Ok(None) => break,
                Err(error) => tracing::warn!("the index does not tell of a snapshot: {error:#}"),
            }
        }
        let what =
            || format!("cannot write the index of {environment} in the archive {}", self.place);
        let bytes = Index::new(details).write().with_context(what)?;
        let put = self.store.put(&path(environment, index::NAME), PutPayload::from(bytes)).await;
        put.map(drop).map_err(|error| failure::explain(&error)).with_context(what)
    }
}

/// The snapshot just before, if it is the same.
fn same_before<'c>(contents: &'c Contents, moment: &Moment) -> Option<&'c Archived> {
    contents.before(moment).filter(|before| before.moment.hash == moment.hash)
}

pub(super) fn path(environment: &Environment, name: &str) -> Path {
    Path::from_iter([environment.as_str(), name])
}

/// The document, packed so that the page can read it.
fn packed(snapshot: &Snapshot) -> Result<Vec<u8>> {
    let mut gz = GzEncoder::new(Vec::new(), Compression::default());
    gz.write_all(snapshot::write(snapshot).as_bytes())?;
    Ok(gz.finish()?)
}
