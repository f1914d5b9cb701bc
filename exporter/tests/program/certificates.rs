//! Certificates made by the program `openssl`, which can also make the old ones that servers
//! still use.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

/// A certificate authority in a folder of its own.
pub(crate) struct Authority {
    folder: TempDir,
    pub(crate) certificate: PathBuf,
    key: PathBuf,
}

impl Authority {
    /// A new self-signed authority.
    pub(crate) fn new(name: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (certificate, key) = (folder.path().join("ca.crt"), folder.path().join("ca.key"));
        openssl(&format!(
            "req -x509 -newkey rsa:2048 -nodes -days 2 -subj|/CN={name}|-keyout|{}|-out|{}",
            key.display(),
            certificate.display()
        ));
        Self { folder, certificate, key }
    }

    /// A certificate of version 3 with these alternative names (`DNS:a,IP:1.2.3.4`).
    pub(crate) fn issue(&self, file: &str, common_name: &str, names: &str) -> (PathBuf, PathBuf) {
        let extensions = self.folder.path().join(format!("{file}.ext"));
        fs::write(&extensions, format!("subjectAltName={names}\n")).unwrap();
        self.sign(file, common_name, &format!("|-extfile|{}", extensions.display()), 2)
    }

    /// A certificate of version 1, as the PostgreSQL manual's commands make it.
    pub(crate) fn issue_version_1(&self, file: &str, common_name: &str) -> (PathBuf, PathBuf) {
        self.sign(file, common_name, "", 2)
    }

    /// A certificate that has expired.
    pub(crate) fn issue_expired(&self, file: &str, common_name: &str) -> (PathBuf, PathBuf) {
        self.sign(file, common_name, "", -1)
    }

    fn sign(&self, file: &str, common_name: &str, extra: &str, days: i32) -> (PathBuf, PathBuf) {
        let path = |ending: &str| self.folder.path().join(format!("{file}.{ending}"));
        let (certificate, key, request) = (path("crt"), path("key"), path("csr"));
        openssl(&format!(
            "req -new -newkey rsa:2048 -nodes -subj|/CN={common_name}|-keyout|{}|-out|{}",
            key.display(),
            request.display()
        ));
        openssl(&format!(
            "x509 -req -days {days} -CAcreateserial -CA|{}|-CAkey|{}|-in|{}|-out|{}{extra}",
            self.certificate.display(),
            self.key.display(),
            request.display(),
            certificate.display()
        ));
        (certificate, key)
    }

    /// A certificate that signs itself and is its own root.
    pub(crate) fn self_signed(common_name: &str) -> (TempDir, PathBuf, PathBuf) {
        let Self { folder, certificate, key } = Self::new(common_name);
        (folder, certificate, key)
    }
}

/// Runs `openssl` with words separated by spaces up to the first `|`, then by `|`.
fn openssl(line: &str) {
    let (words, rest) = line.split_once('|').unwrap();
    let output = Command::new("openssl")
        .args(words.split(' '))
        .args(rest.split('|'))
        .output()
        .expect("the program openssl is installed");
    assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
}
