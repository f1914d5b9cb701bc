//! Writing results: standard output, or a file that is there whole or not at all.

use std::collections::BTreeSet;
use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result, bail};
use flate2::write::GzEncoder;
use tempfile::{NamedTempFile, TempPath};

/// Where a result goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Destination {
    /// Standard output.
    Stdout,
    /// This file.
    File(PathBuf),
}

impl FromStr for Destination {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Destination, std::convert::Infallible> {
        Ok(if text == "-" { Destination::Stdout } else { Destination::File(PathBuf::from(text)) })
    }
}

impl Destination {
    /// The same, but a file in that directory when it names one that exists.
    pub(crate) fn or_file_in_directory(self, name: &str) -> Destination {
        match self {
            Destination::File(path) if path.is_dir() => Destination::File(path.join(name)),
            other => other,
        }
    }

    /// Whether whoever reads it may like colours.
    pub(crate) fn takes_colours(&self) -> bool {
        *self == Destination::Stdout && crate::logging::may_colour(&io::stdout())
    }

    /// Writes the result there, and says at `info` where it went.
    pub(crate) fn write(&self, content: &str) -> Result<()> {
        match self {
            Destination::Stdout => write_stdout(content),
            Destination::File(path) => {
                write_file(path, content)
                    .with_context(|| format!("cannot write {}", path.display()))?;
                tracing::info!("wrote {}", path.display());
                Ok(())
            }
        }
    }
}

/// Adds to a text file, as to the summary of a step of GitHub Actions, which other commands add to as well.
/// What was in it stays, whatever happens.
pub(crate) fn append(path: &Path, content: &str) -> Result<()> {
    let added = || -> Result<()> {
        let mut whole = match fs::read_to_string(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            other => other?,
        };
        if !whole.is_empty() && !whole.ends_with('\n') {
            whole.push('\n');
        }
        whole.push_str(content);
        write_file(path, &whole)
    };
    added().with_context(|| format!("cannot add to {}", path.display()))?;
    tracing::info!("added to {}", path.display());
    Ok(())
}

fn write_stdout(content: &str) -> Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(content.as_bytes()).and_then(|()| stdout.flush()) {
        // The reader, `head` for instance, has seen enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other.context("cannot write to standard output"),
    }
}

/// The temporary files being written, for the way out on a signal.
static PENDING: Mutex<Pending> = Mutex::new(Pending::Files(BTreeSet::new()));

enum Pending {
    Files(BTreeSet<PathBuf>),
    /// The process is ending: no file may appear any more.
    Closed,
}

fn pending() -> MutexGuard<'static, Pending> {
    PENDING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes the temporary files and lets no other appear: for the end of the process.
pub(crate) fn abandon() {
    let mut pending = pending();
    if let Pending::Files(paths) = &*pending {
        for path in paths {
            // Nobody is left to tell that it stays.
            let _ = fs::remove_file(path);
        }
    }
    *pending = Pending::Closed;
}

/// Writes a file, whole or not at all.
pub(crate) fn write_file(path: &Path, content: &str) -> Result<()> {
    // Through a link to its target, so that the link stays.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let existing = fs::metadata(&target).ok();
    match &existing {
        Some(metadata) if metadata.is_dir() => bail!("it is a directory: name a file"),
        // A pipe or a device cannot be replaced.
        Some(metadata) if !metadata.is_file() => {
            let file = File::options().write(true).open(&target)?;
            return Ok(encode(path, content, file).map(drop)?);
        }
        None if path.as_os_str().to_string_lossy().ends_with('/') => {
            bail!("there is no such directory")
        }
        _ => {}
    }
    let directory = match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let (file, temporary) = create_temporary(directory)?;
    let written = fill(path, content, file, existing.as_ref());
    // Under the lock: a signal finds either the temporary file or the finished one.
    let mut pending = pending();
    let Pending::Files(paths) = &mut *pending else { bail!("interrupted") };
    paths.remove(&*temporary);
    written?;
    temporary.persist(&target).map_err(|failed| failed.error)?;
    drop(pending);
    // The name, too, must survive a crash. Not every file system can do it.
    if let Ok(directory) = File::open(directory) {
        let _ = directory.sync_all();
    }
    Ok(())
}

fn create_temporary(directory: &Path) -> Result<(File, TempPath)> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".pgparity-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // Narrowed by the umask, as for any new file.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut pending = pending();
    let Pending::Files(paths) = &mut *pending else { bail!("interrupted") };
    let temporary: NamedTempFile = builder
        .tempfile_in(directory)
        .with_context(|| format!("cannot create a file in {}", directory.display()))?;
    paths.insert(temporary.path().to_owned());
    Ok(temporary.into_parts())
}

fn fill(path: &Path, content: &str, file: File, existing: Option<&Metadata>) -> Result<()> {
    if let Some(metadata) = existing {
        file.set_permissions(metadata.permissions())?;
    }
    let file = encode(path, content, file)?;
    file.sync_all()?;
    Ok(())
}

/// Writes, compressed when the name ends so.
fn encode(path: &Path, content: &str, mut file: File) -> io::Result<File> {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("gz") => {
            let mut encoder = GzEncoder::new(file, flate2::Compression::default());
            encoder.write_all(content.as_bytes())?;
            encoder.finish()
        }
        Some("zst") => {
            let mut encoder = zstd::Encoder::new(file, zstd::DEFAULT_COMPRESSION_LEVEL)?;
            encoder.include_checksum(true)?;
            encoder.write_all(content.as_bytes())?;
            encoder.finish()
        }
        _ => {
            file.write_all(content.as_bytes())?;
            Ok(file)
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
    use super::*;

    fn names(directory: &Path) -> Vec<String> {
        let entries = fs::read_dir(directory).unwrap();
        let mut names: Vec<_> =
            entries.map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_replaced_and_keeps_its_mode_and_nothing_else_is_left() {
        use std::os::unix::fs::PermissionsExt;
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("a.json");
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        write_file(&path, "new").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
        assert_eq!(names(directory.path()), ["a.json"]);
    }

    #[test]
    fn a_link_stays_a_link() {
        let directory = tempfile::tempdir().unwrap();
        let (real, link) = (directory.path().join("real"), directory.path().join("link"));
        fs::write(&real, "old").unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        write_file(&link, "new").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&real).unwrap(), "new");
    }

    #[test]
    fn a_failure_leaves_nothing() {
        let directory = tempfile::tempdir().unwrap();
        assert!(write_file(directory.path(), "x").is_err());
        assert!(write_file(&directory.path().join("no/such/dir.json"), "x").is_err());
        assert!(
            write_file(Path::new(&format!("{}/no/", directory.path().display())), "x").is_err()
        );
        assert_eq!(names(directory.path()), Vec::<String>::new());
    }

    #[test]
    fn what_is_added_stands_behind_what_was_there() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("summary.md");
        append(&path, "one").unwrap();
        append(&path, "two\n").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "one\ntwo\n");
        fs::write(&path, [0xff]).unwrap();
        let error = format!("{:#}", append(&path, "three").unwrap_err());
        assert!(error.contains("cannot add to") && error.contains("summary.md"), "{error}");
        assert_eq!(fs::read(&path).unwrap(), [0xff], "what is no text is left alone");
        assert_eq!(names(directory.path()), ["summary.md"]);
    }

    #[test]
    fn devices_are_written_to() {
        write_file(Path::new("/dev/null"), "x").unwrap();
    }
}
