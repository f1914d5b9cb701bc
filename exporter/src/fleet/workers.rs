//! The workers: each takes the next database whose server has room, in a thread of its own.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result, anyhow};
use tokio::runtime::Handle;

use super::databases::Database;
use crate::interrupt::Interrupted;

/// How it ended with one database.
#[derive(Debug)]
pub(crate) struct Ended<T> {
    /// Its name.
    pub(crate) name: String,
    /// What became of it.
    pub(crate) result: Result<T>,
}

/// What waits, and what is being done.
struct Queue {
    waiting: VecDeque<(String, Database)>,
    running: BTreeMap<String, usize>,
    /// A signal came: nothing more is begun.
    stopped: bool,
}

struct Shared {
    queue: Mutex<Queue>,
    /// Somebody is ready with a database.
    ready: Condvar,
    per_server: usize,
}

impl Shared {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next database whose server has room; `None` when there is none left.
    fn next(&self) -> Option<(String, Database)> {
        let mut queue = self.queue();
        loop {
            if queue.stopped || queue.waiting.is_empty() {
                return None;
            }
            let room = |server: &String| {
                server.is_empty()
                    || queue.running.get(server).is_none_or(|many| *many < self.per_server)
            };
            if let Some(at) = queue.waiting.iter().position(|(server, _)| room(server)) {
                let (server, database) = queue.waiting.remove(at)?;
                *queue.running.entry(server.clone()).or_default() += 1;
                return Some((server, database));
            }
            queue = self.ready.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn done(&self, server: &str, stop: bool) {
        let mut queue = self.queue();
        if let Some(many) = queue.running.get_mut(server) {
            *many = many.saturating_sub(1);
        }
        queue.stopped |= stop;
        self.ready.notify_all();
    }
}

/// Does `each` for every database, by so many workers, with so many databases of a server at once. `each` gets the
/// number of its worker. The results come in the order in which they ended; without those that were not begun
/// because of a signal.
pub(crate) async fn work<T: Send + 'static>(
    databases: Vec<Database>,
    workers: usize,
    per_server: usize,
    each: impl AsyncFn(usize, Database) -> Result<T> + Send + Sync + 'static,
) -> Result<Vec<Ended<T>>> {
    let workers = workers.min(databases.len());
    let waiting = databases.into_iter().map(|database| (database.server(), database)).collect();
    let queue = Queue { waiting, running: BTreeMap::new(), stopped: false };
    let shared = Arc::new(Shared { queue: Mutex::new(queue), ready: Condvar::new(), per_server });
    let ended: Arc<Mutex<Vec<Ended<T>>>> = Arc::default();
    let each = Arc::new(each);
    let mut threads = Vec::new();
    for worker in 0..workers {
        let (shared, ended, each) = (Arc::clone(&shared), Arc::clone(&ended), Arc::clone(&each));
        let handle = Handle::current();
        threads.push(tokio::task::spawn_blocking(move || {
            while let Some((server, database)) = shared.next() {
                let name = database.name.clone();
                let run = std::panic::AssertUnwindSafe(|| handle.block_on(each(worker, database)));
                // The hook has told of the panic. It is no reason to keep the others waiting for ever.
                let result = std::panic::catch_unwind(run)
                    .unwrap_or_else(|_| Err(anyhow!("internal error")));
                let stop = result.as_ref().is_err_and(anyhow::Error::is::<Interrupted>);
                ended.lock().unwrap_or_else(PoisonError::into_inner).push(Ended { name, result });
                shared.done(&server, stop);
            }
        }));
    }
    for thread in threads {
        thread.await.context("internal error")?;
    }
    let mut ended = ended.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(std::mem::take(&mut *ended))
}
