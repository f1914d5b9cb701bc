//! What a host of static files needs for the page: the service worker that keeps it for use without
//! a network, and the headers to serve it with.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use sha2::{Digest as _, Sha256, Sha384};

use super::html::{policy, replaced};
use super::{SINGLE, base64, bytes, text, write};

/// The script, in `web` and in `dist`. It keeps its name: browsers look there for newer versions.
const SCRIPT: &str = "offline.js";
/// The headers, in the form that common hosts read.
const HEADERS: &str = "_headers";
/// What a page might ask a browser for; of this one's wishes only the clipboard is left.
const REFUSED: &[&str] = &[
    "accelerometer",
    "autoplay",
    "camera",
    "clipboard-read",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "storage-access",
    "usb",
    "window-management",
    "xr-spatial-tracking",
];

/// Adds both to what is in `dist`.
pub(super) fn make(dist: &Path, web: &Path) -> Result<()> {
    let index = dist.join("index.html");
    let page = text(&index)?;
    write(&dist.join(HEADERS), &headers(policy(&page)?))?;
    let script = format!("<meta name=\"pgparity-offline\" content=\"{SCRIPT}\">");
    write(&index, &replaced(&page, "</head>", &format!("  {script}\n</head>"))?)?;
    let files = files(dist)?;
    write(&dist.join(SCRIPT), &filled(&text(&web.join(SCRIPT))?, &files)?)
}

/// The files that the page consists of, each with its digest; the page itself is `./`.
fn files(dist: &Path) -> Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    let entries = fs::read_dir(dist).with_context(|| format!("cannot list {}", dist.display()))?;
    for entry in entries {
        let path = entry.with_context(|| format!("cannot list {}", dist.display()))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if [SCRIPT, HEADERS, SINGLE].contains(&name.as_str()) || !path.is_file() {
            continue;
        }
        let digest = format!("sha384-{}", base64(Sha384::digest(bytes(&path)?)));
        files.push((if name == "index.html" { "./".to_owned() } else { name }, digest));
    }
    files.sort();
    Ok(files)
}

/// The script with its version and its files.
fn filled(script: &str, files: &[(String, String)]) -> Result<String> {
    let list = serde_json::to_string_pretty(files).context("cannot write the list of files")?;
    let digest = format!("{:x}", Sha256::digest(&list));
    let version = digest.get(..16).unwrap_or(&digest);
    let script = replaced(script, "[/*@FILES@*/]", &list)?;
    replaced(&script, "@VERSION@", version)
}

/// The headers for every file; one of them says what only a header can say, that no other page may
/// show this one in a frame. The page in one file has a policy of its own, so it is handed out to
/// be opened from a disk.
fn headers(policy: &str) -> String {
    let refused: Vec<String> = REFUSED.iter().map(|feature| format!("{feature}=()")).collect();
    format!(
        "/*\n  Content-Security-Policy: {policy}; frame-ancestors 'none'\n  \
         Cross-Origin-Opener-Policy: same-origin\n  Cross-Origin-Resource-Policy: same-origin\n  \
         Referrer-Policy: no-referrer\n  X-Content-Type-Options: nosniff\n  \
         Permissions-Policy: {}, clipboard-write=(self)\n/{SINGLE}\n  \
         Content-Disposition: attachment\n",
        refused.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_knows_every_file_of_the_page() -> Result<()> {
        let top = std::env::temp_dir().join(format!("xtask-offline-{}", std::process::id()));
        let (dist, web) = (top.join("dist"), top.join("web"));
        for folder in [&dist, &web] {
            fs::create_dir_all(folder)?;
        }
        let page = "<head><meta http-equiv=\"Content-Security-Policy\" content=\"a 'b'\"></head>";
        for (name, content) in [("index.html", page), ("boot.js", "x"), (SINGLE, "y")] {
            fs::write(dist.join(name), content)?;
        }
        fs::write(web.join(SCRIPT), "V='@VERSION@';F=[/*@FILES@*/];")?;
        make(&dist, &web)?;
        let script = text(&dist.join(SCRIPT))?;
        let digest = base64(Sha384::digest(text(&dist.join("index.html"))?));
        assert!(script.contains("\"./\"") && script.contains(&digest), "{script}");
        assert!(script.contains("\"boot.js\"") && !script.contains(SINGLE), "{script}");
        assert!(text(&dist.join(HEADERS))?.contains("a 'b'; frame-ancestors 'none'\n"));
        fs::remove_dir_all(&top)?;
        Ok(())
    }

    #[test]
    fn another_file_is_another_version() -> Result<()> {
        let files = |digest: &str| vec![("a.js".to_owned(), digest.to_owned())];
        let script = |digest: &str| filled("'@VERSION@' [/*@FILES@*/]", &files(digest));
        let version = |text: &str| text.split(' ').next().map(str::to_owned);
        assert_ne!(version(&script("1")?), version(&script("2")?));
        assert!(filled("no place", &files("1")).is_err());
        Ok(())
    }
}
