//! TLS as libpq's `sslmode` means it, carried out by rustls.
//!
//! Source: PostgreSQL manual, "SSL Support" of libpq.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, CertificateRevocationListDer, PrivateKeyDer};
use rustls::version::{TLS12, TLS13};
use rustls::{ClientConfig, SupportedProtocolVersion};

use super::home;
use super::params::choice;
use super::settings::{Env, Settings};
use super::verify::{Check, ServerVerifier, Trust};

/// libpq's `sslmode`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SslMode {
    /// Never.
    Disable,
    /// Plain first, then TLS.
    Allow,
    /// TLS first, then plain.
    Prefer,
    /// TLS; the certificate is checked only when there is a root certificate file.
    Require,
    /// TLS with a certificate of a trusted authority.
    VerifyCa,
    /// The same, and the certificate is for this host.
    VerifyFull,
}

impl SslMode {
    /// True when a plain connection is out of the question.
    pub(crate) fn requires_tls(self) -> bool {
        matches!(self, SslMode::Require | SslMode::VerifyCa | SslMode::VerifyFull)
    }
}

/// The TLS part of the connection parameters.
#[derive(Debug)]
pub(crate) struct TlsOptions {
    /// The mode.
    pub(crate) mode: SslMode,
    roots: Option<PathBuf>,
    system_roots: bool,
    crl: Option<PathBuf>,
    crl_required: bool,
    certificate: Option<(PathBuf, PathBuf)>,
    send_certificate: SendCertificate,
    send_server_name: bool,
    versions: Vec<&'static SupportedProtocolVersion>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SendCertificate {
    Never,
    IfAny,
    Always,
}

impl TlsOptions {
    /// Reads the `ssl…` parameters. Files are looked at when TLS begins, so that those of a
    /// connection without TLS need not be right.
    pub(crate) fn from_settings(settings: &Settings, env: Env<'_>) -> Result<TlsOptions> {
        let modes = [
            ("disable", SslMode::Disable),
            ("allow", SslMode::Allow),
            ("prefer", SslMode::Prefer),
            ("require", SslMode::Require),
            ("verify-ca", SslMode::VerifyCa),
            ("verify-full", SslMode::VerifyFull),
        ];
        let system = settings.get("sslrootcert") == Some("system");
        let default = if system { SslMode::VerifyFull } else { SslMode::Prefer };
        let mode = choice(settings, "sslmode", &modes)?.unwrap_or(default);
        if system && mode != SslMode::VerifyFull {
            bail!(
                "sslrootcert=system needs sslmode=verify-full: anybody can get a certificate of a public authority"
            );
        }
        let cert_modes = [
            ("disable", SendCertificate::Never),
            ("allow", SendCertificate::IfAny),
            ("require", SendCertificate::Always),
        ];
        let given = |keyword: &str, file: &str| match settings.get(keyword) {
            Some(path) => Some(PathBuf::from(path)),
            None => home(env).map(|home| home.join(".postgresql").join(file)),
        };
        let certificate = given("sslcert", "postgresql.crt").zip(given("sslkey", "postgresql.key"));
        Ok(TlsOptions {
            mode,
            roots: if system { None } else { given("sslrootcert", "root.crt") },
            system_roots: system,
            crl: given("sslcrl", "root.crl"),
            crl_required: settings.get("sslcrl").is_some(),
            certificate,
            send_certificate: choice(settings, "sslcertmode", &cert_modes)?
                .unwrap_or(SendCertificate::IfAny),
            send_server_name: settings.get("sslsni") != Some("0"),
            versions: versions(settings)?,
        })
    }

    /// The configuration for one server. `host` is the name that its certificate must carry.
    pub(crate) fn client_config(&self, host: Option<&str>) -> Result<ClientConfig> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let verifier = ServerVerifier::new(self.check(host)?, &provider);
        let builder = ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(&self.versions)
            .context("cannot set up TLS")?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier));
        let mut config = match self.client_certificate()? {
            None => builder.with_no_client_auth(),
            Some((certificate, key)) => builder
                .with_client_auth_cert(read_certificates(certificate)?, read_key(key)?)
                .with_context(|| {
                    format!("cannot use the client certificate {}", certificate.display())
                })?,
        };
        config.enable_sni = self.send_server_name;
        // Servers of version 17 and later insist on it when TLS starts without negotiation.
        config.alpn_protocols = vec![b"postgresql".to_vec()];
        Ok(config)
    }

    /// The client's certificate and key, when there are any to send.
    fn client_certificate(&self) -> Result<Option<(&Path, &Path)>> {
        if self.send_certificate == SendCertificate::Never {
            return Ok(None);
        }
        let Some((certificate, key)) = self.certificate.as_ref().filter(|(c, _)| c.exists()) else {
            if self.send_certificate == SendCertificate::Always {
                bail!("sslcertmode=require needs a client certificate: give it by sslcert, sslkey");
            }
            return Ok(None);
        };
        if !key.exists() {
            bail!(
                "client certificate {} is present, but not its private key {}: give it by sslkey",
                certificate.display(),
                key.display()
            );
        }
        Ok(Some((certificate, key)))
    }

    fn check(&self, host: Option<&str>) -> Result<Check> {
        let verifies = matches!(self.mode, SslMode::VerifyCa | SslMode::VerifyFull);
        let roots = match &self.roots {
            _ if self.system_roots => system_roots()?,
            Some(path) if path.exists() => read_certificates(path)?,
            Some(path) if verifies => bail!(
                "root certificate file {} does not exist: give one by sslrootcert, use \
                 sslrootcert=system, or choose an sslmode that checks no certificate",
                path.display()
            ),
            None if verifies => {
                bail!("no root certificate file: give one by sslrootcert, or sslrootcert=system")
            }
            _ => return Ok(Check::Nothing),
        };
        let crls = match self.crl.as_deref().filter(|path| self.crl_required || path.exists()) {
            None => Vec::new(),
            Some(path) => CertificateRevocationListDer::pem_file_iter(path)
                .and_then(Iterator::collect)
                .with_context(|| format!("cannot read the revocation list {}", path.display()))?,
        };
        let trust = Trust::new(roots, &crls)?;
        if self.mode != SslMode::VerifyFull {
            return Ok(Check::Authority(trust));
        }
        match host {
            Some(host) => Ok(Check::AuthorityAndName(trust, host.to_owned())),
            None => bail!("sslmode=verify-full needs a host name: hostaddr alone is not enough"),
        }
    }
}

/// The provider of the cryptography.
pub(crate) type Provider = Arc<CryptoProvider>;

fn read_certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>> {
    let certificates: Vec<_> = CertificateDer::pem_file_iter(path)
        .and_then(Iterator::collect)
        .with_context(|| format!("cannot read certificates from {}", path.display()))?;
    if certificates.is_empty() {
        bail!("{} holds no certificate in PEM format", path.display());
    }
    Ok(certificates)
}

fn read_key(path: &Path) -> Result<PrivateKeyDer<'static>> {
    let metadata = std::fs::metadata(path)
        .with_context(|| format!("cannot read the private key file {}", path.display()))?;
    if !metadata.is_file() {
        bail!("private key file {} is not a plain file", path.display());
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        // libpq lets a key that root owns be read by a group.
        let forbidden = if metadata.uid() == 0 { 0o037 } else { 0o077 };
        if metadata.mode() & forbidden != 0 {
            bail!(
                "private key file {} has group or world access: its permissions must be u=rw \
                 (0600) or less",
                path.display()
            );
        }
    }
    let pem = std::fs::read(path)
        .with_context(|| format!("cannot read the private key file {}", path.display()))?;
    let text = String::from_utf8_lossy(&pem);
    if text.contains("BEGIN ENCRYPTED PRIVATE KEY") || text.contains("Proc-Type: 4,ENCRYPTED") {
        bail!(
            "private key file {} is encrypted, which is not supported: decrypt it (openssl pkey) \
             into a file that only you may read",
            path.display()
        );
    }
    PrivateKeyDer::from_pem_slice(&pem)
        .with_context(|| format!("{} holds no private key in PEM format", path.display()))
}

fn system_roots() -> Result<Vec<CertificateDer<'static>>> {
    let loaded = rustls_native_certs::load_native_certs();
    if loaded.certs.is_empty() {
        let causes = loaded.errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
        bail!("found no root certificates of the system (sslrootcert=system): {causes}");
    }
    Ok(loaded.certs)
}

fn versions(settings: &Settings) -> Result<Vec<&'static SupportedProtocolVersion>> {
    let ranks = [("TLSv1", 0), ("TLSv1.1", 1), ("TLSv1.2", 2), ("TLSv1.3", 3)];
    let lowest = choice(settings, "ssl_min_protocol_version", &ranks)?.unwrap_or(2);
    let highest = choice(settings, "ssl_max_protocol_version", &ranks)?.unwrap_or(3);
    let versions: Vec<_> = [(2, &TLS12), (3, &TLS13)]
        .into_iter()
        .filter(|(rank, _)| (lowest..=highest).contains(rank))
        .map(|(_, version)| version)
        .collect();
    if versions.is_empty() {
        bail!(
            "ssl_min_protocol_version and ssl_max_protocol_version leave no version: TLSv1.2 and \
             TLSv1.3 are supported"
        );
    }
    Ok(versions)
}
