//! Where an archive is: a folder, or a bucket of an object store.
//!
//! Invariant: a place holds no secret. What a store wants as credentials comes from the environment, by the
//! names that the store's own tools use.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use object_store::aws::AmazonS3Builder;
use object_store::azure::MicrosoftAzureBuilder;
use object_store::gcp::GoogleCloudStorageBuilder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{ObjectStore, ObjectStoreScheme, RetryConfig};
use url::Url;

use super::failure;

/// The schemes of object stores.
const SCHEMES: [&str; 8] = ["s3", "s3a", "gs", "az", "adl", "azure", "abfs", "abfss"];

/// Where an archive is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A folder.
    Folder(PathBuf),
    /// A bucket or container, with a folder in it.
    Store(Url),
}

impl Place {
    /// True for what means an object store, right or wrong, and is no connection string.
    pub(crate) fn is_store(text: &str) -> bool {
        let scheme = text.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
        scheme.is_some_and(|scheme| SCHEMES.contains(&scheme.as_str()))
            && !text.contains('?')
            && !secret_in_authority(text)
    }

    /// The archive's storage. A folder is made where there is none, if somebody is about to write.
    pub(super) fn open(&self, writes: bool) -> Result<Arc<dyn ObjectStore>> {
        let open = || match self {
            Place::Folder(folder) => {
                if writes {
                    std::fs::create_dir_all(folder)?;
                } else if !folder.is_dir() {
                    bail!("there is no such folder");
                }
                let store =
                    LocalFileSystem::new_with_prefix(folder).map_err(|e| failure::explain(&e))?;
                Ok(Arc::new(store.with_fsync(true)) as Arc<dyn ObjectStore>)
            }
            Place::Store(url) => remote(url),
        };
        open().with_context(|| format!("cannot use the archive {self}"))
    }

    /// Whether it is an object store. There a write that is broken off leaves nothing.
    pub(crate) fn is_remote(&self) -> bool {
        matches!(self, Place::Store(_))
    }
}

/// True when a user name with a password stands before the host.
fn secret_in_authority(text: &str) -> bool {
    let authority = text.split_once("://").map_or("", |(_, rest)| rest);
    let authority = authority.split(['/', '?', '#']).next().unwrap_or_default();
    authority.rsplit_once('@').is_some_and(|(user, _)| user.contains(':'))
}

fn remote(url: &Url) -> Result<Arc<dyn ObjectStore>> {
    // Who waits at a terminal should not wait for minutes.
    let retry = RetryConfig {
        max_retries: 4,
        retry_timeout: Duration::from_secs(40),
        ..RetryConfig::default()
    };
    let (scheme, path) =
        ObjectStoreScheme::parse(url).context("it is no URL of an object store")?;
    // Databases are reached with the same; whoever set another one before keeps it.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let explain = |error| failure::explain(&error);
    let store: Arc<dyn ObjectStore> = match scheme {
        ObjectStoreScheme::AmazonS3 => {
            let builder = AmazonS3Builder::from_env().with_url(url.as_str());
            Arc::new(builder.with_retry(retry).build().map_err(explain)?)
        }
        ObjectStoreScheme::GoogleCloudStorage => {
            let builder = GoogleCloudStorageBuilder::from_env().with_url(url.as_str());
            Arc::new(builder.with_retry(retry).build().map_err(explain)?)
        }
        ObjectStoreScheme::MicrosoftAzure => {
            let builder = MicrosoftAzureBuilder::from_env().with_url(url.as_str());
            Arc::new(builder.with_retry(retry).build().map_err(explain)?)
        }
        _ => bail!("it is no URL of an object store: s3://, gs:// or az://"),
    };
    Ok(if path.as_ref().is_empty() { store } else { Arc::new(PrefixStore::new(store, path)) })
}

impl FromStr for Place {
    type Err = String;

    fn from_str(text: &str) -> Result<Place, String> {
        if text.is_empty() {
            return Err("it is empty: name a folder, or a bucket as s3://bucket/folder".to_owned());
        }
        if !text.contains("://") {
            return Ok(Place::Folder(PathBuf::from(text)));
        }
        if text.contains('?') || secret_in_authority(text) {
            return Err(
                "an archive's URL holds no credentials and no options: they come from the \
                        environment (AWS_…, GOOGLE_…, AZURE_…)"
                    .to_owned(),
            );
        }
        if !Place::is_store(text) {
            return Err(
                "an archive is a folder, or a bucket: s3://bucket/folder, gs://bucket/folder, \
                        az://container/folder"
                    .to_owned(),
            );
        }
        let url = Url::parse(text).map_err(|error| format!("it is no URL: {error}"))?;
        let in_bucket = url.host_str().is_some_and(|host| !host.is_empty());
        let named =
            ObjectStoreScheme::parse(&url).is_ok() && Path::from_url_path(url.path()).is_ok();
        if in_bucket && named {
            Ok(Place::Store(url))
        } else {
            Err("it names no bucket".to_owned())
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Folder(folder) => write!(f, "{}", folder.display()),
            Place::Store(url) => write!(f, "{url}"),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
    use super::*;

    #[test]
    fn folders_and_buckets() {
        assert_eq!("a/b".parse(), Ok(Place::Folder(PathBuf::from("a/b"))));
        for url in [
            "s3://bucket",
            "s3://bucket/a/b",
            "gs://b/x",
            "az://c/x",
            "abfss://c@a.dfs.core.windows.net/x",
        ] {
            let place: Place = url.parse().unwrap();
            assert!(matches!(place, Place::Store(_)), "{url}");
        }
    }

    #[test]
    fn what_is_no_place_is_refused_and_secrets_are() {
        for wrong in [
            "",
            "s3://",
            "ftp://host/x",
            "https://host/bucket",
            "postgres://u:p@h/db",
            "s3://key:secret@bucket/x",
            "az://c/x?sig=secret",
        ] {
            let error = wrong.parse::<Place>().unwrap_err();
            assert!(!error.contains("secret"), "{error}");
            assert!(wrong.is_empty() || wrong == "s3://" || !Place::is_store(wrong), "{wrong}");
        }
    }
}
