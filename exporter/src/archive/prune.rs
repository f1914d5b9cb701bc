//! Pruning: removing the snapshots that no rule keeps, while others may write.
//!
//! Nobody waits for anybody. Who removes a snapshot and who counts on one each say so first, and then look: who prunes
//! announces each removal (`.going`) and lists again; who takes a duplicate away, or leaves only a mark, writes the
//! mark and lists again. Stores list what was written before, so that of two at once at least one sees the other. A
//! writer that sees the announcement keeps its snapshot; who prunes does not count on a duplicate that is marked. If both
//! see each other, both snapshots stay, and the next pruning takes the duplicate away.

use std::time::{Duration, SystemTime};

use anyhow::{Context, Result};
use object_store::path::Path;
use object_store::{ObjectStoreExt as _, PutPayload};

use super::names::Item;
use super::store::path;
use super::{Archive, Contents, Environment, Keep, failure};

/// After this time whoever announced a removal has ended without it.
const STALE: Duration = Duration::from_hours(24);

impl Archive {
    /// Removes the snapshots that the rules do not keep; the names of those. Nothing is removed on trial.
    pub(crate) async fn prune(
        &self,
        environment: &Environment,
        keep: &Keep,
        trial: bool,
        limit: u64,
    ) -> Result<Vec<String>> {
        let mut contents = self.contents(environment).await?;
        let planned = keep.superfluous(&contents);
        if trial {
            return Ok(planned.iter().map(super::Archived::name).collect());
        }
        let what = || format!("cannot prune {environment} in the archive {}", self.place);
        let mut gone = Vec::new();
        if !planned.is_empty() {
            for one in &planned {
                let name = Item::Going(one.moment.clone()).name();
                let put = self.store.put(&path(environment, &name), PutPayload::default()).await;
                put.map_err(|error| failure::explain(&error)).with_context(what)?;
            }
            let after = self.contents(environment).await?;
            // The oldest first: what is between two equal ones goes after the earlier of them.
            for one in keep.superfluous(&after).iter().filter(|one| planned.contains(one)) {
                self.delete(environment, &one.name()).await.with_context(what)?;
                gone.push(one.name());
            }
            contents = self.contents(environment).await?;
        }
        let changed = self.tidy(environment, &contents).await.with_context(what)?;
        if changed || !gone.is_empty() {
            let contents = self.contents(environment).await?;
            self.write_index(environment, &contents, None, limit).await?;
        }
        Ok(gone)
    }

    /// Removes what tells nothing any more, and duplicates that somebody left marked; true when snapshots are among it.
    async fn tidy(&self, environment: &Environment, contents: &Contents) -> Result<bool> {
        for mark in contents.orphans() {
            self.delete(environment, &Item::Seen(mark).name()).await?;
        }
        for moment in contents.gone() {
            self.delete(environment, &Item::Going(moment).name()).await?;
        }
        if contents.gone().len() < contents.going.len() {
            self.forget_stale(environment).await?;
        }
        let mut changed = false;
        for duplicate in contents.leaving() {
            changed |= self.take_away(environment, &duplicate).await?;
        }
        Ok(changed)
    }

    /// Removes announcements of somebody who ended long ago without the removal.
    async fn forget_stale(&self, environment: &Environment) -> Result<()> {
        let folder = Path::from(environment.as_str());
        let listing = self.store.list_with_delimiter(Some(&folder)).await;
        for object in listing.map_err(|error| failure::explain(&error))?.objects {
            let Some(name) = object.location.filename() else { continue };
            let age = SystemTime::now().duration_since(object.last_modified.into());
            let stale = age.is_ok_and(|age| age > STALE);
            if stale && matches!(Item::named(name), Some(Item::Going(_))) {
                self.delete(environment, name).await?;
            }
        }
        Ok(())
    }
}
