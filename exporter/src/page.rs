//! The page in one file: where it comes from, and how snapshots get into it.
//!
//! The program knows two things of the page: the place where data goes, and its title. Data are
//! blocks of base64, in which no name can end anything, and which no browser runs.

use std::io::Read as _;
use std::path::Path;

use anyhow::{Context, Result, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::read::GzDecoder;

use crate::input;

/// The page that was there when the program was built; empty when there was none.
const BUILT_IN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/page.html.gz"));
/// Where the data goes.
const PLACE: &str = "<!--pgparity:data-->";
/// The largest file that can be meant as the page.
const MAX_SIZE: u64 = 64 << 20;

/// The page of a file, or else the one that the program brings along.
pub(crate) fn load(file: Option<&Path>) -> Result<String> {
    if let Some(file) = file {
        let page = input::read_file(file, MAX_SIZE)?;
        check(&page).with_context(|| format!("{} cannot hold a report", file.display()))?;
        return Ok(page);
    }
    built_in(BUILT_IN)
}

fn built_in(packed: &[u8]) -> Result<String> {
    let mut page = String::new();
    let read = GzDecoder::new(packed).read_to_string(&mut page);
    read.context("the page in this program is damaged")?;
    if page.is_empty() {
        bail!(
            "this program was built without the page: name one with --page pgparity.html, which \
             `cargo xtask single-file` makes, or build the program with PGPARITY_PAGE set to it"
        );
    }
    Ok(page)
}

fn check(page: &str) -> Result<()> {
    if page.matches(PLACE).count() != 1 || page.matches("<title>").count() != 1 {
        bail!(
            "it is not pgparity.html as `cargo xtask single-file` makes it (a report is none: it \
             has its snapshots already)"
        );
    }
    Ok(())
}

/// The version of pgparity that the page is from.
pub(crate) fn version(page: &str) -> Option<&str> {
    let (_, rest) = page.split_once("<meta name=\"generator\" content=\"pgparity ")?;
    rest.split('"').next()
}

/// The page with a title and with data blocks in it: a name and the content of each.
pub(crate) fn fill(page: &str, title: &str, blocks: &[(&str, Vec<u8>)]) -> Result<String> {
    check(page)?;
    let (head, rest) = page.split_once("<title>").context("the page has no title")?;
    let (_, rest) = rest.split_once("</title>").context("the page's title has no end")?;
    let (body, tail) = rest.split_once(PLACE).context("the page has no place for data")?;
    let data: Vec<String> = blocks
        .iter()
        .map(|(name, content)| {
            let content = STANDARD.encode(content);
            format!(
                "<script id=\"data-{name}\" type=\"application/octet-stream\">{content}</script>"
            )
        })
        .collect();
    Ok(format!("{head}<title>{}</title>{body}{}{tail}", escaped(title), data.join("\n  ")))
}

/// A text as content of an element.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
    use std::io::Write as _;

    use super::*;

    const PAGE: &str = "<head><meta name=\"generator\" content=\"pgparity 1.2.3\"><title>x</title>\
                        </head><body><!--pgparity:data--></body>";

    #[test]
    fn blocks_and_title_go_where_they_belong() {
        let page = fill(PAGE, "a </title><b> & c", &[("from", b"1".to_vec())]).unwrap();
        assert!(page.contains("<title>a &lt;/title&gt;&lt;b&gt; &amp; c</title>"), "{page}");
        let block = "<script id=\"data-from\" type=\"application/octet-stream\">MQ==</script>";
        assert!(page.contains(block), "{page}");
        assert!(!page.contains(PLACE), "a report has no place for another");
        assert!(fill(&page, "x", &[]).is_err());
    }

    #[test]
    fn a_title_names_no_place() {
        let page = fill(PAGE, PLACE, &[("from", b"1".to_vec())]).unwrap();
        assert_eq!(page.matches("data-from").count(), 1);
        assert!(page.contains("</script></body>"), "{page}");
    }

    #[test]
    fn the_page_tells_its_version() {
        assert_eq!(version(PAGE), Some("1.2.3"));
        assert_eq!(version("<head></head>"), None);
    }

    #[test]
    fn a_program_without_the_page_says_what_to_do() {
        let packed = |text: &str| {
            let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            gz.write_all(text.as_bytes()).unwrap();
            gz.finish().unwrap()
        };
        assert_eq!(built_in(&packed(PAGE)).unwrap(), PAGE);
        let error = format!("{:#}", built_in(&packed("")).unwrap_err());
        assert!(error.contains("--page") && error.contains("PGPARITY_PAGE"), "{error}");
    }
}
