//! The driver's TLS connector, which remembers whether a handshake began: `sslmode=prefer` tries
//! again without TLS only then.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustls::ClientConfig;
use tokio_postgres::Socket;
use tokio_postgres::tls::{MakeTlsConnect, TlsConnect};
use tokio_postgres_rustls::MakeRustlsConnect;

type Inner = <MakeRustlsConnect as MakeTlsConnect<Socket>>::TlsConnect;

/// Makes connectors for one attempt.
#[derive(Clone)]
pub(crate) struct WatchedTls {
    inner: MakeRustlsConnect,
    started: Arc<AtomicBool>,
}

impl WatchedTls {
    /// With this configuration.
    pub(crate) fn new(config: ClientConfig) -> WatchedTls {
        WatchedTls { inner: MakeRustlsConnect::new(config), started: Arc::default() }
    }

    /// For connections without TLS; as a connector it would trust nobody.
    pub(crate) fn never() -> Result<WatchedTls, rustls::Error> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(rustls::ALL_VERSIONS)?
            .with_root_certificates(rustls::RootCertStore::empty())
            .with_no_client_auth();
        Ok(WatchedTls::new(config))
    }

    /// True once a handshake has begun.
    pub(crate) fn started(&self) -> bool {
        self.started.load(Ordering::Relaxed)
    }
}

impl MakeTlsConnect<Socket> for WatchedTls {
    type Stream = <MakeRustlsConnect as MakeTlsConnect<Socket>>::Stream;
    type TlsConnect = Watched;
    type Error = Infallible;

    fn make_tls_connect(&mut self, host: &str) -> Result<Watched, Infallible> {
        let inner =
            <MakeRustlsConnect as MakeTlsConnect<Socket>>::make_tls_connect(&mut self.inner, host)?;
        Ok(Watched { inner, started: Arc::clone(&self.started) })
    }
}

/// A connector that notes its use.
pub(crate) struct Watched {
    inner: Inner,
    started: Arc<AtomicBool>,
}

impl TlsConnect<Socket> for Watched {
    type Stream = <Inner as TlsConnect<Socket>>::Stream;
    type Error = <Inner as TlsConnect<Socket>>::Error;
    type Future = <Inner as TlsConnect<Socket>>::Future;

    fn connect(self, stream: Socket) -> Self::Future {
        self.started.store(true, Ordering::Relaxed);
        self.inner.connect(stream)
    }
}
