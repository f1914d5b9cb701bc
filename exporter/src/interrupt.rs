//! Signals that end the program.

use std::fmt;

use anyhow::{Context, Result};
use tokio::sync::watch;

/// A signal that asks the program to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signal {
    /// Control-C.
    Interrupt,
    /// What `kill` sends.
    Terminate,
    /// The terminal is gone.
    HangUp,
}

impl Signal {
    /// The exit status by the shell's custom: 128 and the signal's number.
    pub(crate) fn exit_status(self) -> u8 {
        match self {
            Signal::HangUp => 129,
            Signal::Interrupt => 130,
            Signal::Terminate => 143,
        }
    }
}

/// The error of a command that a signal ended.
#[derive(Debug)]
pub(crate) struct Interrupted {
    /// Which.
    pub(crate) signal: Signal,
    /// What was done before, where that was anything.
    pub(crate) done: Option<String>,
}

impl fmt::Display for Interrupted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "interrupted: {}", self.done.as_deref().unwrap_or("nothing was written"))
    }
}

impl std::error::Error for Interrupted {}

/// Tells a command that it should end.
#[derive(Clone, Debug)]
pub(crate) struct Interrupt {
    signal: watch::Receiver<Option<Signal>>,
}

impl Interrupt {
    /// Starts listening. Must be called inside a runtime.
    pub(crate) fn listen() -> Result<Interrupt> {
        let (sender, signal) = watch::channel(None);
        let mut signals = Signals::new().context("cannot listen for signals")?;
        tokio::spawn(async move {
            let first = signals.next().await;
            sender.send_replace(Some(first));
            // Whoever asks twice does not want to wait for the server.
            let second = signals.next().await;
            crate::output::abandon();
            std::process::exit(i32::from(second.exit_status()));
        });
        Ok(Interrupt { signal })
    }

    /// Waits for the signal; never returns without one.
    pub(crate) async fn raised(&mut self) -> Interrupted {
        match self.signal.wait_for(Option::is_some).await.ok().and_then(|signal| *signal) {
            Some(signal) => Interrupted { signal, done: None },
            None => std::future::pending().await,
        }
    }

    /// Runs something until it ends or the signal comes.
    pub(crate) async fn or<T>(&mut self, work: impl Future<Output = Result<T>>) -> Result<T> {
        tokio::select! {
            result = work => result,
            interrupted = self.raised() => Err(interrupted.into()),
        }
    }

    /// The same for work that computes or uses files, in a thread of its own.
    pub(crate) async fn blocking<T: Send + 'static>(
        &mut self,
        work: impl FnOnce() -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let thread = tokio::task::spawn_blocking(work);
        self.or(async { thread.await.context("internal error")? }).await
    }
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
    hang_up: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> std::io::Result<Signals> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Signals {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hang_up: signal(SignalKind::hangup())?,
        })
    }

    async fn next(&mut self) -> Signal {
        tokio::select! {
            _ = self.interrupt.recv() => Signal::Interrupt,
            _ = self.terminate.recv() => Signal::Terminate,
            _ = self.hang_up.recv() => Signal::HangUp,
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn new() -> std::io::Result<Signals> {
        Ok(Signals)
    }

    async fn next(&mut self) -> Signal {
        match tokio::signal::ctrl_c().await {
            Ok(()) => Signal::Interrupt,
            Err(_) => std::future::pending().await,
        }
    }
}
