//! The page in one file: styles, scripts and the engine stand in it, so that it opens from a disk
//! and may connect to nothing at all.
//!
//! Its policy names the scripts and the styles by their digests. The engine is a data block, which
//! no browser runs: a report adds its own blocks without a change of the policy.

use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest as _, Sha256};

use super::html::{Element, elements, policy, replaced};
use super::{SINGLE, base64, bytes, text, write};

/// Where a report puts its blocks; `pgparity report` looks for the same words.
const PLACE: &str = "<!--pgparity:data-->";

/// Makes the file of what is in `dist`.
pub(super) fn make(dist: &Path, web: &Path) -> Result<()> {
    let page = text(&dist.join("index.html"))?;
    let file = |name: &str| dist.join(name.trim_start_matches("./"));
    let read = |name: &str| text(&file(name));
    let parts = Parts::of(&page)?;
    let mut styles = String::new();
    for name in parts.styles {
        styles += &read(name)?;
    }
    let mut early = Vec::new();
    for name in parts.early {
        early.push(read(name)?);
    }
    let program =
        format!("{}\n{}", script_of(&read(parts.glue)?)?, text(&web.join("single/boot.js"))?);
    let engine = base64(packed(&bytes(&file(parts.engine))?)?);
    let content = Content { styles, early, program, engine };
    write(&dist.join(SINGLE), &content.put_into(&page, &parts.all)?)
}

/// The glue, a module of its own in the hosted edition, as a part of a script that a worker can run
/// which is no module.
fn script_of(glue: &str) -> Result<String> {
    let script = replaced(glue, "export { initSync, __wbg_init as default };", "")?;
    // Only asked where nobody hands the engine over.
    replaced(&script, "import.meta.url", "''")
}

/// What the hosted page loads.
struct Parts<'a> {
    styles: Vec<&'a str>,
    /// The scripts that run before the page is drawn.
    early: Vec<&'a str>,
    glue: &'a str,
    engine: &'a str,
    /// All those elements as they stand in the page.
    all: Vec<&'a str>,
}

impl<'a> Parts<'a> {
    fn of(page: &'a str) -> Result<Self> {
        let (links, scripts) = (elements(page, "link")?, elements(page, "script")?);
        let (modules, early): (Vec<_>, Vec<_>) =
            scripts.iter().partition(|script| script.has("type", "module"));
        if modules.len() != 1 {
            bail!("the page has {} module scripts instead of one", modules.len());
        }
        let loads = |rel: &str| -> Vec<&Element<'a>> {
            links.iter().filter(|link| link.has("rel", rel)).collect()
        };
        let one = |rel: &str| -> Result<&'a str> {
            match loads(rel).as_slice() {
                [link] => link.attribute("href").with_context(|| format!("{rel} without href")),
                found => bail!("the page has {} links {rel} instead of one", found.len()),
            }
        };
        let styles = loads("stylesheet");
        let loaded = ["stylesheet", "modulepreload", "preload"].into_iter().flat_map(loads);
        Ok(Self {
            styles: styles.iter().filter_map(|link| link.attribute("href")).collect(),
            early: early.iter().filter_map(|script| script.attribute("src")).collect(),
            glue: one("modulepreload")?,
            engine: one("preload")?,
            all: loaded.chain(&scripts).map(|element| element.text).collect(),
        })
    }
}

/// What takes the place of what the hosted page loads.
struct Content {
    styles: String,
    early: Vec<String>,
    program: String,
    engine: String,
}

impl Content {
    fn put_into(&self, page: &str, loaded: &[&str]) -> Result<String> {
        let scripts: Vec<&String> = self.early.iter().chain([&self.program]).collect();
        let mut head = format!("<style>{}</style>", self.styles);
        for script in &self.early {
            head += &format!("\n  <script>{script}</script>");
        }
        head += &format!("\n  <script id=\"program\" type=\"module\">{}</script>", self.program);
        check(&scripts, "</script")?;
        check(&[&self.styles], "</style")?;
        let mut page = page.to_owned();
        for element in loaded {
            page = replaced(&page, element, "")?;
        }
        let old = policy(&page)?.to_owned();
        let page = replaced(&page, &old, &self.policy(&scripts))?;
        let generator =
            format!("<meta name=\"generator\" content=\"pgparity {}\">", env!("CARGO_PKG_VERSION"));
        let page = replaced(&page, "</head>", &format!("{generator}\n  {head}\n</head>"))?;
        let data = format!(
            "<script id=\"data-engine\" type=\"application/octet-stream\">{}</script>\n  {PLACE}",
            self.engine
        );
        let page = replaced(&page, "</body>", &format!("  {data}\n</body>"))?;
        Ok(without_empty_lines(&page))
    }

    /// Nothing but what stands in the file, and no connection at all.
    fn policy(&self, scripts: &[&String]) -> String {
        let digest = |text: &str| format!("'sha256-{}'", base64(Sha256::digest(text)));
        let scripts: Vec<String> = scripts.iter().map(|script| digest(script)).collect();
        [
            "default-src 'none'",
            &format!("script-src {} 'wasm-unsafe-eval'", scripts.join(" ")),
            &format!("style-src {}", digest(&self.styles)),
            "img-src data: blob:",
            "connect-src 'none'",
            "worker-src blob:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types pgparity",
        ]
        .join("; ")
    }
}

/// No text may end the element that it stands in, or begin a comment.
fn check(texts: &[&String], end: &str) -> Result<()> {
    for text in texts {
        let text = text.to_ascii_lowercase();
        if text.contains(end) || text.contains("<!--") {
            bail!("a text of the page holds {end} or <!--, and cannot stand in it");
        }
    }
    Ok(())
}

/// Leaves no empty lines where elements stood. Scripts and styles keep theirs: their digests count.
fn without_empty_lines(page: &str) -> String {
    let Some((head, rest)) = page.split_once("<style>") else { return page.to_owned() };
    let lines: Vec<&str> = head.lines().filter(|line| !line.trim().is_empty()).collect();
    format!("{}\n  <style>{rest}", lines.join("\n"))
}

fn packed(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut gz = GzEncoder::new(Vec::new(), Compression::best());
    gz.write_all(bytes).context("cannot pack the engine")?;
    gz.finish().context("cannot pack the engine")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<html><head>\n<meta http-equiv=\"Content-Security-Policy\" content=\"x\">\n\
        <link rel=\"stylesheet\" href=\"./a.css\">\n<script src=\"./theme.js\"></script>\n\
        <link rel=\"modulepreload\" href=\"./glue.js\"><link rel=\"preload\" href=\"./e.wasm\">\n\
        <script type=\"module\" src=\"./boot.js\"></script>\n</head><body>\n</body></html>";

    fn content(program: &str) -> Content {
        Content {
            styles: "p{}\n\nq{}".to_owned(),
            early: vec!["theme()".to_owned()],
            program: program.to_owned(),
            engine: "AAAA".to_owned(),
        }
    }

    #[test]
    fn what_the_page_loads_is_found() -> Result<()> {
        let parts = Parts::of(PAGE)?;
        assert_eq!((parts.styles, parts.early), (vec!["./a.css"], vec!["./theme.js"]));
        assert_eq!((parts.glue, parts.engine, parts.all.len()), ("./glue.js", "./e.wasm", 5));
        assert!(Parts::of("<head></head>").is_err());
        Ok(())
    }

    #[test]
    fn everything_stands_in_the_file_and_the_policy_knows_it() -> Result<()> {
        let page = content("go()").put_into(PAGE, &Parts::of(PAGE)?.all)?;
        assert!(!page.contains("href=") && !page.contains("src=\""), "{page}");
        assert!(page.contains("<style>p{}\n\nq{}</style>"), "styles to the letter: {page}");
        assert!(page.contains(PLACE) && page.contains("octet-stream\">AAAA</script>"), "{page}");
        let policy = policy(&page)?;
        let digest = base64(Sha256::digest("go()"));
        assert!(policy.contains(&format!("'sha256-{digest}' 'wasm-unsafe-eval'")), "{policy}");
        assert!(policy.contains("connect-src 'none'") && !policy.contains("unsafe-inline"));
        Ok(())
    }

    #[test]
    fn the_glue_is_no_module_any_more() -> Result<()> {
        let glue = "new URL('x', import.meta.url);\nexport { initSync, __wbg_init as default };\n";
        assert_eq!(script_of(glue)?, "new URL('x', '');\n\n");
        assert!(script_of("export default f;").is_err());
        Ok(())
    }

    #[test]
    fn a_script_that_ends_its_element_is_refused() -> Result<()> {
        let parts = Parts::of(PAGE)?;
        for bad in ["'</Script>'", "'<!--'"] {
            assert!(content(bad).put_into(PAGE, &parts.all).is_err(), "{bad}");
        }
        Ok(())
    }
}
