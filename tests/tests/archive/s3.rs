//! An S3-compatible server on a loopback port, with its buckets in a folder.

use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use pgparity_tests::{Bench, Pgparity};
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;

pub(crate) const KEY: &str = "AKIDEXAMPLE";
pub(crate) const SECRET: &str = "wJalrXUtnFEMI-secret";

/// The server. It runs until the test process ends.
pub(crate) struct S3 {
    bench: Bench,
    port: u16,
    most: Arc<AtomicUsize>,
}

impl S3 {
    /// Starts it with the bucket `snapshots`.
    pub(crate) fn start() -> S3 {
        S3::slow(Duration::ZERO)
    }

    /// The same, but so long passes before a new connection is served.
    pub(crate) fn slow(delay: Duration) -> S3 {
        let bench = Bench::new();
        let root = bench.path("buckets");
        std::fs::create_dir_all(root.join("snapshots")).unwrap();
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        listener.set_nonblocking(true).unwrap();
        let mut service = S3ServiceBuilder::new(s3s_fs::FileSystem::new(&root).unwrap());
        service.set_auth(SimpleAuth::from_single(KEY, SECRET));
        let service = service.build();
        let most = Arc::new(AtomicUsize::new(0));
        let (open, at_once) = (Arc::new(AtomicUsize::new(0)), Arc::clone(&most));
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .worker_threads(2)
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async move {
                let listener = tokio::net::TcpListener::from_std(listener).unwrap();
                let server = Builder::new(TokioExecutor::new());
                loop {
                    let (socket, _) = listener.accept().await.unwrap();
                    let talk =
                        server.serve_connection(TokioIo::new(socket), service.clone()).into_owned();
                    let (open, at_once) = (Arc::clone(&open), Arc::clone(&at_once));
                    tokio::spawn(async move {
                        at_once
                            .fetch_max(open.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                        tokio::time::sleep(delay).await;
                        open.fetch_sub(1, Ordering::SeqCst);
                        talk.await
                    });
                }
            });
        });
        S3 { bench, port, most }
    }

    /// How many new connections waited at once, at most, since this was asked last.
    pub(crate) fn most_at_once(&self) -> usize {
        self.most.swap(0, Ordering::SeqCst)
    }

    /// The folder of an environment in the bucket.
    pub(crate) fn folder(&self, environment: &str) -> PathBuf {
        self.bench.path("buckets/snapshots/pg/main").join(environment)
    }

    /// A call that knows the server and its keys.
    pub(crate) fn call(&self, arguments: &[&str]) -> Pgparity {
        Pgparity::new(arguments.iter().copied())
            .env("PGPARITY_ARCHIVE", "s3://snapshots/pg/main")
            .env("AWS_ACCESS_KEY_ID", KEY)
            .env("AWS_SECRET_ACCESS_KEY", SECRET)
            .env("AWS_REGION", "us-east-1")
            .env("AWS_ALLOW_HTTP", "true")
            .env("AWS_ENDPOINT_URL", format!("http://127.0.0.1:{}", self.port))
    }
}
