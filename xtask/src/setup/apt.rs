//! Debian packages.

use std::path::Path;

use anyhow::{Context as _, Result, bail};

use crate::paths::Paths;
use crate::shell::{command, find, logged, output, say};

/// Installs Debian packages; `purpose` says what for.
pub(super) fn install(paths: &Paths, packages: &[&str], purpose: &str) -> Result<()> {
    let list = packages.join(" ");
    if find("apt-get").is_none() {
        bail!(
            "{purpose} is missing, and this system has no apt-get to install it with. \
             Install what Debian calls \"{list}\" in this system's own way, then run this again"
        );
    }
    let sudo = if is_root() {
        Vec::new()
    } else if output(command("sudo").args(["-n", "true"])).is_some() {
        vec!["sudo", "-n"]
    } else {
        bail!(
            "{purpose} is missing, and only root may install it. Run this once, then try again:\n  \
             sudo apt-get update && sudo apt-get install -y --no-install-recommends {list}"
        );
    };
    say("apt", format!("installing {list} for {purpose}"));
    let install = [&["install", "-y", "--no-install-recommends"], packages].concat();
    if apt_get(&sudo, &install, &paths.tools.join("log/apt-install.log")).is_ok() {
        return Ok(());
    }
    // The lists of a fresh machine are empty or old.
    say("apt", "that failed: fetching the package lists, then once more");
    apt_get(&sudo, &["update"], &paths.tools.join("log/apt-update.log"))
        .and_then(|()| apt_get(&sudo, &install, &paths.tools.join("log/apt-install.log")))
        .with_context(|| format!("cannot install the Debian packages {list} for {purpose}"))
}

fn apt_get(sudo: &[&str], arguments: &[&str], log: &Path) -> Result<()> {
    let words = [
        sudo,
        &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=120"],
        arguments,
    ]
    .concat();
    let (program, rest) = words.split_first().context("a command has a program")?;
    logged(command(program).args(rest), log, None)
}

/// Whether this process may do everything.
pub(super) fn is_root() -> bool {
    output(command("id").arg("-u")).as_deref() == Some("0")
}
