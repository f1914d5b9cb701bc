//! The archive: compressed snapshots by environment and time, in a folder or an object store.
//!
//! Snapshots are written once, whole, under a name that tells their time and fingerprint, and never changed.
//! They alone are the truth, and a listing tells which are there. Whatever ends a writer, and however many
//! write at once, the archive is valid: nothing has to be written together with anything else. The index
//! holds what names do not tell; it is derived, and made anew where it is missing.

mod contents;
mod failure;
mod index;
mod keep;
mod names;
mod place;
mod prune;
#[cfg(test)]
mod races;
mod stamp;
mod store;

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Context, Result, anyhow, bail};
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};

use crate::input;

pub(crate) use contents::{Archived, Contents};
pub(crate) use index::{Details, Index};
pub(crate) use keep::Keep;
pub(crate) use names::Environment;
pub(crate) use place::Place;
pub(crate) use stamp::Stamp;
pub(crate) use store::Stored;

/// An archive.
#[derive(Clone)]
pub(crate) struct Archive {
    store: Arc<dyn ObjectStore>,
    place: Place,
}

impl Archive {
    /// The archive at a place, to read from.
    pub(crate) fn open(place: &Place) -> Result<Archive> {
        Ok(Archive { store: place.open(false)?, place: place.clone() })
    }

    /// The archive at a place, to write to; a folder is made where there is none.
    pub(crate) fn create(place: &Place) -> Result<Archive> {
        Ok(Archive { store: place.open(true)?, place: place.clone() })
    }

    /// Where it is.
    pub(crate) fn place(&self) -> &Place {
        &self.place
    }

    /// The environments, by name.
    pub(crate) async fn environments(&self) -> Result<Vec<Environment>> {
        let listing = self.store.list_with_delimiter(None).await;
        let listing = listing.map_err(|error| self.failed("list the environments of", &error))?;
        let names = listing.common_prefixes.iter().filter_map(Path::filename);
        let mut found: Vec<Environment> = names.filter_map(|name| name.parse().ok()).collect();
        found.sort();
        Ok(found)
    }

    /// What an environment holds; nothing, where there is no such environment.
    pub(crate) async fn contents(&self, environment: &Environment) -> Result<Contents> {
        let folder = Path::from(environment.as_str());
        let listing = self.store.list_with_delimiter(Some(&folder)).await;
        let listing = listing.map_err(|error| self.failed("list the snapshots of", &error))?;
        let named = |object: &object_store::ObjectMeta| {
            Some((object.location.filename()?.to_owned(), object.size))
        };
        Ok(Contents::new(listing.objects.iter().filter_map(named)))
    }

    /// The same; an error that says what is there when it holds nothing.
    pub(crate) async fn filled(&self, environment: &Environment) -> Result<Contents> {
        let contents = self.contents(environment).await?;
        if !contents.snapshots.is_empty() {
            return Ok(contents);
        }
        let there = self.environments().await?;
        let there: Vec<&str> = there.iter().map(Environment::as_str).collect();
        if there.is_empty() {
            bail!("the archive {} holds no snapshots", self.place);
        }
        bail!(
            "the archive {} has no snapshots of `{environment}`; it has: {}",
            self.place,
            there.join(", ")
        )
    }

    /// The snapshot that was there at a time, or the newest.
    pub(crate) async fn at(
        &self,
        environment: &Environment,
        time: Option<&Stamp>,
    ) -> Result<Archived> {
        let contents = self.filled(environment).await?;
        if let Some(found) = contents.at(time) {
            return Ok(found.clone());
        }
        let oldest = contents.snapshots.first().map(|one| one.moment.time.to_string());
        let asked = time.map(ToString::to_string).unwrap_or_default();
        Err(anyhow!(
            "the archive {} has no snapshot of `{environment}` of {asked} or before: the oldest is of {}",
            self.place,
            oldest.unwrap_or_default()
        ))
    }

    /// The document of a snapshot. Refuses more than `limit` bytes.
    pub(crate) async fn read(
        &self,
        environment: &Environment,
        archived: &Archived,
        limit: u64,
    ) -> Result<String> {
        let name = archived.name();
        let what = || format!("cannot read {environment}/{name} of the archive {}", self.place);
        if archived.size > limit {
            return Err(input::too_large(limit)).with_context(what);
        }
        let path = Path::from_iter([environment.as_str(), &name]);
        let got = self.store.get(&path).await.map_err(|error| failure::explain(&error));
        let bytes = got.with_context(what)?.bytes().await;
        let bytes = bytes.map_err(|error| failure::explain(&error)).with_context(what)?;
        let read = tokio::task::spawn_blocking(move || input::read_bytes(&bytes, limit)).await;
        read.context("internal error")?.with_context(what)
    }

    /// The details that the index has of snapshots, by their names; none where there is no index that
    /// can be read.
    pub(crate) async fn index(&self, environment: &Environment) -> BTreeMap<String, Details> {
        let path = Path::from_iter([environment.as_str(), index::NAME]);
        let read = async || -> Result<Index> {
            let got = self.store.get(&path).await?;
            if got.meta.size > index::MAX_SIZE {
                bail!("it is larger than an index can be");
            }
            Index::read(&got.bytes().await?)
        };
        match read().await {
            Ok(index) => index.snapshots,
            Err(error) => {
                tracing::debug!("no index of {environment}: {error:#}");
                BTreeMap::new()
            }
        }
    }

    fn failed(&self, what: &str, error: &object_store::Error) -> anyhow::Error {
        failure::explain(error).context(format!("cannot {what} the archive {}", self.place))
    }
}
