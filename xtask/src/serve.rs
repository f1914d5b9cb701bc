//! Builds the web app and serves it.

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::Child;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use std::{env, io, thread};

use anyhow::{Context as _, Result, bail};
use clap::Args;

use crate::paths::Paths;
use crate::setup::{self, Need};
use crate::shell::say;
use crate::web;

const FIRST_PORT: u16 = 8080;
const LAST_PORT: u16 = 8180;

/// What `cargo xtask serve` takes.
#[derive(Args)]
pub(crate) struct Options {
    /// The port; without it the first free one from 8080 on
    #[arg(long)]
    port: Option<u16>,
    /// Opens the page in the browser
    #[arg(long)]
    open: bool,
}

/// Serves until interrupted, and builds again when a source file changes. The page is not
/// reloaded by itself: for that it would have to hold a connection, and it is to make none.
pub(crate) fn serve(paths: &Paths, options: &Options) -> Result<()> {
    // Before the long work, so that a port in use is told at once.
    let port = port(options.port)?;
    let tools = setup::prepare(paths, &Need::WEB)?;
    say("web", "building the web app (the first time takes minutes)");
    let mut trunk = web::trunk(paths, tools.web()?)?;
    trunk.args(["serve", "--no-autoreload", "--address", "127.0.0.1", "--port"]);
    trunk.arg(port.to_string());
    if options.open {
        trunk.arg("--open");
    }
    if env::var_os("RUST_LOG").is_none() {
        // It lists every name that this machine has for the address; ours is told below.
        trunk.env("RUST_LOG", "info,trunk::serve=warn");
    }
    let stop = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&stop);
    ctrlc::set_handler(move || asked.store(true, Ordering::Relaxed))
        .context("cannot listen for the signal to end")?;
    let mut server = Server(trunk.spawn().context("cannot start trunk")?);
    let mut told = false;
    while !stop.load(Ordering::Relaxed) {
        if let Some(status) = server.0.try_wait().context("cannot wait for trunk")? {
            bail!("trunk serve: {status}");
        }
        if !told && TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok() {
            say("serve", format!("http://127.0.0.1:{port}/  (Ctrl-C ends it)"));
            told = true;
        }
        thread::sleep(Duration::from_millis(200));
    }
    Ok(())
}

/// The server's process: it ends with this command, however that ends.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        // Both fail only where it has ended already.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

fn port(asked: Option<u16>) -> Result<u16> {
    let free = |port: u16| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map(drop);
    if let Some(port) = asked {
        free(port).map_err(|error| match error.kind() {
            io::ErrorKind::AddrInUse => anyhow::anyhow!("port {port} is in use: choose another"),
            _ => anyhow::anyhow!("port {port}: {error}"),
        })?;
        return Ok(port);
    }
    (FIRST_PORT..=LAST_PORT).find(|port| free(*port).is_ok()).with_context(|| {
        format!("no free port from {FIRST_PORT} to {LAST_PORT}: name one with --port")
    })
}
