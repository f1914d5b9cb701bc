//! Reading snapshot files: bounded, decompressed, and with errors that say what to do.

use std::error::Error;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, ErrorKind, Read};
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};

/// The content of a file, decompressed when its first bytes say so.
pub(crate) fn read_file(path: &Path, limit: u64) -> Result<String> {
    let open = || -> Result<String> {
        let metadata = std::fs::metadata(path)?;
        if metadata.is_dir() {
            bail!("it is a directory: name a snapshot file");
        }
        read(&mut BufReader::new(File::open(path)?), limit)
    };
    open().with_context(|| format!("cannot read {}", path.display()))
}

/// The same from standard input.
pub(crate) fn read_stdin(limit: u64) -> Result<String> {
    read(&mut io::stdin().lock(), limit).context("cannot read standard input")
}

/// The same of bytes that are there already.
pub(crate) fn read_bytes(bytes: &[u8], limit: u64) -> Result<String> {
    read(&mut &*bytes, limit)
}

/// The error of what is larger than allowed.
pub(crate) fn too_large(limit: u64) -> anyhow::Error {
    anyhow!(TooLarge(limit))
}

fn read(input: &mut dyn BufRead, limit: u64) -> Result<String> {
    let mut magic = Vec::new();
    input.take(4).read_to_end(&mut magic)?;
    let input = Cursor::new(&magic).chain(input);
    let (bytes, compressed) = match magic.as_slice() {
        [] => bail!("it is empty: the export that should have written it may have failed"),
        [0x1f, 0x8b, ..] => {
            (read_bounded(flate2::bufread::MultiGzDecoder::new(input), limit), true)
        }
        [0x28, 0xb5, 0x2f, 0xfd, ..] => {
            (read_bounded(zstd::Decoder::with_buffer(input)?, limit), true)
        }
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => bail!(
            "it is UTF-16 and not UTF-8, as some shells write redirected output: export with -o FILE instead"
        ),
        _ => (read_bounded(input, limit), false),
    };
    let bytes = bytes.map_err(|error| match error.kind() {
        _ if error.get_ref().is_some_and(<dyn Error + Send + Sync>::is::<TooLarge>) => {
            anyhow!(error)
        }
        _ if !compressed => anyhow!(error),
        ErrorKind::UnexpectedEof => {
            anyhow!("its compressed data ends too early: copy the file again, or export again")
        }
        _ => anyhow!(error)
            .context("its compressed data is damaged: copy the file again, or export again"),
    })?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").map(<[u8]>::to_vec).unwrap_or(bytes);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        bail!("it is empty: the export that should have written it may have failed");
    }
    String::from_utf8(bytes).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = good.split(|byte| *byte == b'\n').count();
        anyhow!(
            "it is not UTF-8: line {line}, byte {} of the file; a snapshot is JSON in UTF-8, \
             export again",
            good.len() + 1
        )
    })
}

/// More bytes than allowed.
#[derive(Debug)]
struct TooLarge(u64);

impl std::fmt::Display for TooLarge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "it is larger than {} bytes after decompression: allow more with --max-input",
            self.0
        )
    }
}

impl Error for TooLarge {}

fn read_bounded(input: impl Read, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = input.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    if u64::try_from(read).unwrap_or(u64::MAX) > limit {
        return Err(io::Error::other(TooLarge(limit)));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
    use std::io::Write;

    use super::*;

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    fn error(bytes: &[u8], limit: u64) -> String {
        format!("{:#}", read(&mut &*bytes, limit).unwrap_err())
    }

    #[test]
    fn plain_gzip_and_zstd() {
        assert_eq!(read(&mut &b"{}"[..], 9).unwrap(), "{}");
        assert_eq!(read(&mut &b"\xef\xbb\xbf{}"[..], 9).unwrap(), "{}");
        assert_eq!(read(&mut &*gzip(b"{}"), 9).unwrap(), "{}");
        assert_eq!(read(&mut &*zstd::encode_all(&b"{}"[..], 3).unwrap(), 9).unwrap(), "{}");
    }

    #[test]
    fn the_limit_counts_after_decompression() {
        let zeros = vec![b' '; 10_000_000];
        for bomb in [gzip(&zeros), zstd::encode_all(&*zeros, 3).unwrap()] {
            assert!(bomb.len() < 20_000);
            assert!(error(&bomb, 1_000_000).contains("larger than 1000000 bytes"));
        }
        assert_eq!(read(&mut &b"{}"[..], 2).unwrap(), "{}");
        assert!(error(b"{} ", 2).contains("--max-input"));
    }

    #[test]
    fn what_is_wrong_is_said() {
        assert!(error(b"", 9).contains("is empty"));
        assert!(error(b" \n", 9).contains("is empty"));
        assert!(error(b"\xff\xfe{\0}\0", 9).contains("UTF-16"));
        assert!(error(b"{\n\"\xff\"}", 9).contains("line 2, byte 4"));
        let whole = gzip(&b"{\"a\":1}".repeat(100));
        assert!(error(&whole[..whole.len() - 10], 9999).contains("ends too early"));
        let mut damaged = whole;
        let middle = damaged.len() - 6;
        damaged[middle] ^= 0xff;
        assert!(error(&damaged, 9999).contains("damaged"));
    }
}
