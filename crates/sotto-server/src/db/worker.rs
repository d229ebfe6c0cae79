//! Who owns the connections: threads that run one job after another, so that no connection is ever shared.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use tokio::sync::{mpsc, oneshot};

use crate::store::StoreError;

/// Jobs that may wait for a thread. When there are more, whoever asks waits: the database is the slowest part and sets the pace.
const WAITING_JOBS: usize = 1_024;

type Job<C> = Box<dyn FnOnce(&mut C) + Send>;

/// Threads that each own one `C`.
pub struct Workers<C> {
    jobs: Mutex<Option<mpsc::Sender<Job<C>>>>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl<C: Send + 'static> Workers<C> {
    /// Starts one thread for each context.
    ///
    /// # Errors
    /// The system has no thread left.
    pub fn start(name: &str, contexts: Vec<C>) -> std::io::Result<Self> {
        let (sender, receiver) = mpsc::channel(WAITING_JOBS);
        let receiver = Arc::new(Mutex::new(receiver));
        let spawn = |mut context: C| {
            let receiver = Arc::clone(&receiver);
            std::thread::Builder::new().name(name.to_owned()).spawn(move || {
                while let Some(job) = next(&receiver) {
                    job(&mut context);
                }
            })
        };
        let threads = contexts.into_iter().map(spawn).collect::<Result<_, _>>()?;
        Ok(Self { jobs: Mutex::new(Some(sender)), threads: Mutex::new(threads) })
    }

    /// Runs a job on one of the threads. It runs to its end even if nobody waits for it any more.
    ///
    /// # Errors
    /// That of the job, or [`StoreError::Closed`].
    pub async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut C) -> sotto_sqlcipher::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner).clone().ok_or(StoreError::Closed)?;
        let (reply, answer) = oneshot::channel();
        let job: Job<C> = Box::new(move |context| drop(reply.send(job(context))));
        jobs.send(job).await.map_err(|_| StoreError::Closed)?;
        answer.await.map_err(|_| StoreError::Closed)?.map_err(|error| name(&error))
    }
}

impl<C> Workers<C> {
    /// Takes no more jobs, waits for those that were taken, and drops the contexts.
    pub fn close(&self) {
        drop(self.jobs.lock().unwrap_or_else(PoisonError::into_inner).take());
        for thread in std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner)) {
            if thread.join().is_err() {
                tracing::error!("a database thread panicked");
            }
        }
    }
}

impl<C> Drop for Workers<C> {
    /// Waits for the threads: one that still used the cipher while the process ends would use it after its library had cleaned up.
    fn drop(&mut self) {
        self.close();
    }
}

fn next<C>(receiver: &Mutex<mpsc::Receiver<Job<C>>>) -> Option<Job<C>> {
    receiver.lock().unwrap_or_else(PoisonError::into_inner).blocking_recv()
}

/// The store's name for a failure; what it was exactly goes to the log, which no row's text can reach.
pub fn name(error: &sotto_sqlcipher::Error) -> StoreError {
    match error {
        sotto_sqlcipher::Error::DiskFull => {
            tracing::error!("the database's disk is full");
            StoreError::DiskFull
        }
        sotto_sqlcipher::Error::Sqlite(cause) => {
            tracing::error!(code = ?cause.sqlite_error_code(), "the database refused a statement");
            StoreError::Broken
        }
        other => {
            tracing::error!(cause = %other, "the database failed");
            StoreError::Broken
        }
    }
}
