//! Checking the server's certificate the way libpq does.
//!
//! rustls' own verifier is made for the web and refuses much that PostgreSQL servers use and the
//! PostgreSQL manual shows how to make: certificates of X.509 version 1, certificates with the
//! host in the common name only, a self-signed certificate that is its own root. This verifier
//! hands version 3 chains to webpki and treats those three cases itself.

use std::fmt;
use std::net::IpAddr;

use anyhow::Result;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{WebPkiSupportedAlgorithms, verify_tls13_signature_with_raw_key};
use rustls::pki_types::{
    CertificateDer, CertificateRevocationListDer, ServerName, SubjectPublicKeyInfoDer, TrustAnchor,
    UnixTime,
};
use rustls::{CertificateError, DigitallySignedStruct, Error, SignatureScheme};
use webpki::{
    CertRevocationList, EndEntityCert, KeyUsage, OwnedCertRevocationList, RawPublicKeyEntity,
    RevocationOptionsBuilder, anchor_from_trusted_cert,
};
use x509_parser::prelude::{FromDer, X509Certificate};
use x509_parser::time::ASN1Time;

use super::server_name;
use super::tls::Provider;

/// How far a certificate is checked.
#[derive(Debug)]
pub(crate) enum Check {
    /// Not at all: encryption only.
    Nothing,
    /// It comes from a trusted authority.
    Authority(Trust),
    /// The same, and it names this host.
    AuthorityAndName(Trust, String),
}

/// Root certificates and revocation lists.
pub(crate) struct Trust {
    roots: Vec<CertificateDer<'static>>,
    anchors: Vec<TrustAnchor<'static>>,
    crls: Vec<CertRevocationList<'static>>,
}

impl Trust {
    /// Takes what was read from files.
    pub(crate) fn new(
        roots: Vec<CertificateDer<'static>>,
        crls: &[CertificateRevocationListDer<'static>],
    ) -> Result<Trust> {
        let anchors = roots
            .iter()
            .filter_map(|root| anchor_from_trusted_cert(root).ok().map(|a| a.to_owned()))
            .collect::<Vec<_>>();
        if anchors.is_empty() {
            anyhow::bail!("none of the root certificates is a valid X.509 certificate");
        }
        let crls = crls
            .iter()
            .map(|crl| OwnedCertRevocationList::from_der(crl).map(CertRevocationList::from))
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| anyhow::anyhow!("invalid certificate revocation list: {error}"))?;
        Ok(Trust { roots, anchors, crls })
    }

    fn verify(
        &self,
        leaf: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        algorithms: &WebPkiSupportedAlgorithms,
        now: UnixTime,
    ) -> Result<(), Error> {
        // A root that is used as the server's certificate, and version 1: outside webpki's world.
        // Revocation lists are, too, so with one of them such certificates are refused.
        if self.crls.is_empty() {
            if self.roots.iter().any(|root| root.as_ref() == leaf.as_ref()) {
                return check_dates(&parse(leaf)?, now);
            }
            let parsed = parse(leaf)?;
            if parsed.version().0 == 0 {
                return self.verify_version_1(&parsed, now);
            }
        }
        let crls: Vec<_> = self.crls.iter().collect();
        let revocation =
            RevocationOptionsBuilder::new(&crls).ok().map(RevocationOptionsBuilder::build);
        EndEntityCert::try_from(leaf)
            .and_then(|leaf| {
                leaf.verify_for_usage(
                    algorithms.all,
                    &self.anchors,
                    intermediates,
                    now,
                    KeyUsage::server_auth(),
                    revocation,
                    None,
                )
                .map(|_| ())
            })
            .map_err(chain_error)
    }

    /// A certificate without extensions, signed by one of the roots directly.
    fn verify_version_1(&self, leaf: &X509Certificate<'_>, now: UnixTime) -> Result<(), Error> {
        check_dates(leaf, now)?;
        for root in &self.roots {
            let Ok(root) = parse(root) else { continue };
            if root.subject() == leaf.issuer()
                && leaf.verify_signature(Some(root.public_key())).is_ok()
            {
                return check_dates(&root, now);
            }
        }
        Err(Error::InvalidCertificate(CertificateError::UnknownIssuer))
    }
}

impl fmt::Debug for Trust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Trust({} roots, {} revocation lists)", self.anchors.len(), self.crls.len())
    }
}

/// The verifier for one connection.
#[derive(Debug)]
pub(crate) struct ServerVerifier {
    check: Check,
    algorithms: WebPkiSupportedAlgorithms,
}

impl ServerVerifier {
    /// Sets it up.
    pub(crate) fn new(check: Check, provider: &Provider) -> ServerVerifier {
        ServerVerifier { check, algorithms: provider.signature_verification_algorithms }
    }
}

impl ServerCertVerifier for ServerVerifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        match &self.check {
            Check::Nothing => {}
            Check::Authority(trust) => {
                trust.verify(end_entity, intermediates, &self.algorithms, now)?;
            }
            Check::AuthorityAndName(trust, host) => {
                trust.verify(end_entity, intermediates, &self.algorithms, now)?;
                if !certificate_names(&parse(end_entity)?, host) {
                    return Err(Error::InvalidCertificate(CertificateError::NotValidForName));
                }
            }
        }
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let certificate = parse(cert)?;
        let key = SubjectPublicKeyInfoDer::from(certificate.public_key().raw);
        let key = RawPublicKeyEntity::try_from(&key).map_err(chain_error)?;
        self.algorithms
            .mapping
            .iter()
            .filter(|(scheme, _)| *scheme == dss.scheme)
            .flat_map(|(_, algorithms)| algorithms.iter())
            .any(|algorithm| key.verify_signature(*algorithm, message, dss.signature()).is_ok())
            .then(HandshakeSignatureValid::assertion)
            .ok_or(Error::InvalidCertificate(CertificateError::BadSignature))
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let certificate = parse(cert)?;
        let key = SubjectPublicKeyInfoDer::from(certificate.public_key().raw);
        verify_tls13_signature_with_raw_key(message, &key, dss, &self.algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}

fn parse<'a>(certificate: &'a CertificateDer<'_>) -> Result<X509Certificate<'a>, Error> {
    X509Certificate::from_der(certificate.as_ref())
        .map(|(_, certificate)| certificate)
        .map_err(|_| Error::InvalidCertificate(CertificateError::BadEncoding))
}

fn check_dates(certificate: &X509Certificate<'_>, now: UnixTime) -> Result<(), Error> {
    let now = i64::try_from(now.as_secs())
        .ok()
        .and_then(|seconds| ASN1Time::from_timestamp(seconds).ok())
        .ok_or(Error::FailedToGetCurrentTime)?;
    let validity = certificate.validity();
    if now < validity.not_before {
        return Err(Error::InvalidCertificate(CertificateError::NotValidYet));
    }
    if now > validity.not_after {
        return Err(Error::InvalidCertificate(CertificateError::Expired));
    }
    Ok(())
}

/// Whether the certificate is for the host: subject alternative names first; the common name
/// counts when none of them is of the host's type.
fn certificate_names(certificate: &X509Certificate<'_>, host: &str) -> bool {
    use x509_parser::extensions::GeneralName;

    let address = host.parse::<IpAddr>().ok();
    let names = match certificate.subject_alternative_name() {
        Ok(Some(extension)) => extension.value.general_names.as_slice(),
        Ok(None) => &[],
        Err(_) => return false,
    };
    let mut same_type = false;
    for name in names {
        match name {
            GeneralName::DNSName(name) => {
                same_type |= address.is_none();
                if server_name::matches(name, host) {
                    return true;
                }
            }
            GeneralName::IPAddress(bytes) => {
                same_type |= address.is_some();
                if address.is_some_and(|address| server_name::is_address(bytes, address)) {
                    return true;
                }
            }
            _ => {}
        }
    }
    !same_type
        && certificate
            .subject()
            .iter_common_name()
            .filter_map(|name| name.as_str().ok())
            .any(|name| server_name::matches(name, host))
}

/// webpki's error with rustls' words where it has them.
fn chain_error(error: webpki::Error) -> Error {
    use webpki::Error as E;
    let known = match error {
        E::BadDer | E::BadDerTime => CertificateError::BadEncoding,
        E::CertNotValidYet { .. } => CertificateError::NotValidYet,
        E::CertExpired { .. } | E::InvalidCertValidity => CertificateError::Expired,
        E::UnknownIssuer => CertificateError::UnknownIssuer,
        E::CertRevoked => CertificateError::Revoked,
        E::UnknownRevocationStatus => CertificateError::UnknownRevocationStatus,
        other => CertificateError::Other(rustls::OtherError(std::sync::Arc::new(other))),
    };
    Error::InvalidCertificate(known)
}
