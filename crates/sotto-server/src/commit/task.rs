//! In which order things are committed: the one task that asks the store to write.

use std::collections::VecDeque;
use std::sync::Arc;

use sotto_protocol::feed::Outcome;
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;

use super::check::{Checked, Ready};
use super::{Command, deliver};
use crate::clock::Clock;
use crate::db::Embedded;
use crate::error::{Refused, Result};
use crate::feed::Registry;
use crate::limits::BATCH_ENTRIES;
use crate::metrics::Metrics;
use crate::organisation::SharedOrganisation;
use crate::store::{NewEntry, Refusal, Store, Verdict};

/// The committing task's parts. It owns the right to write: nobody else calls the store's writing functions.
#[derive(Debug)]
pub struct Committer {
    /// The database.
    pub store: Embedded,
    /// The organisation; only this task changes it.
    pub organisation: Arc<SharedOrganisation>,
    /// The open feeds.
    pub registry: Arc<Registry>,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The counters.
    pub metrics: Arc<Metrics>,
}

/// A request of a batch that waits for its outcomes.
struct Waiting {
    /// For each entry its refusal, or `None` for the batch's next verdict.
    refused: Vec<Option<Refusal>>,
    reply: oneshot::Sender<Result<Vec<Outcome>>>,
}

#[derive(Default)]
struct Batch {
    entries: Vec<NewEntry>,
    waiting: Vec<Waiting>,
}

impl Committer {
    /// Runs until every [`super::CommitQueue`] is dropped and the queue is empty: what was queued is committed.
    pub async fn run(self, mut queue: mpsc::Receiver<Command>) {
        let mut ahead: VecDeque<Command> = VecDeque::new();
        loop {
            let next = match ahead.pop_front() {
                Some(command) => Some(command),
                None => queue.recv().await,
            };
            match next {
                None => break,
                Some(Command::Change(change, reply)) => drop(reply.send(self.change(change).await)),
                Some(Command::Append(entries, reply)) => {
                    let batch = self.gather(&mut queue, &mut ahead, (entries, reply));
                    self.commit(batch).await;
                }
            }
        }
    }

    /// Takes what is there already, up to the limit; waits for nothing. A change of the directory ends the batch.
    fn gather(
        &self,
        queue: &mut mpsc::Receiver<Command>,
        ahead: &mut VecDeque<Command>,
        (entries, reply): (Vec<Checked>, oneshot::Sender<Result<Vec<Outcome>>>),
    ) -> Batch {
        let mut batch = Batch::default();
        self.add(&mut batch, entries, reply);
        while batch.entries.len() < BATCH_ENTRIES {
            match queue.try_recv() {
                Ok(Command::Append(entries, reply)) => self.add(&mut batch, entries, reply),
                Ok(change @ Command::Change(..)) => {
                    ahead.push_back(change);
                    break;
                }
                Err(_) => break,
            }
        }
        batch
    }

    fn add(&self, batch: &mut Batch, entries: Vec<Checked>, reply: oneshot::Sender<Result<Vec<Outcome>>>) {
        let request = u32::try_from(batch.waiting.len()).unwrap_or(u32::MAX);
        let organisation = self.organisation.read();
        let mut refused = Vec::with_capacity(entries.len());
        for checked in entries {
            match checked {
                Checked::Refused(refusal) => refused.push(Some(refusal)),
                Checked::Ready(mut ready) => {
                    if let Some(organisation) = organisation.as_ref() {
                        ready.recheck(organisation);
                    }
                    let Ready { entry, .. } = *ready;
                    batch.entries.push(NewEntry { request, ..entry });
                    refused.push(None);
                }
            }
        }
        batch.waiting.push(Waiting { refused, reply });
    }

    async fn commit(&self, batch: Batch) {
        let entries: Arc<[NewEntry]> = batch.entries.into();
        let start = Instant::now();
        let committed = self.store.append(self.clock.now_ms(), Arc::clone(&entries)).await;
        match committed {
            Ok(verdicts) => {
                self.count(&verdicts, start);
                deliver::deliver(&self.registry, &self.organisation, &entries, &verdicts);
                self.answer(batch.waiting, verdicts);
            }
            Err(error) => {
                for waiting in batch.waiting {
                    drop(waiting.reply.send(Err(Refused::from(error))));
                }
            }
        }
    }

    fn count(&self, verdicts: &[Verdict], start: Instant) {
        let stored = verdicts.iter().filter(|verdict| matches!(verdict, Verdict::Stored { .. })).count();
        self.metrics.appends.increment(stored as u64);
        #[allow(clippy::cast_precision_loss, reason = "at most a few hundred")]
        self.metrics.commit_entries.record(verdicts.len() as f64);
        self.metrics.commit_seconds.record(start.elapsed().as_secs_f64());
    }

    fn answer(&self, waiting: Vec<Waiting>, verdicts: Vec<Verdict>) {
        let mut verdicts = verdicts.into_iter();
        for Waiting { refused, reply } in waiting {
            let outcomes = refused.into_iter().map(|refusal| self.outcome(refusal, &mut verdicts)).collect();
            // Whoever went away reads it in the feed.
            drop(reply.send(Ok(outcomes)));
        }
    }

    fn outcome(&self, refusal: Option<Refusal>, verdicts: &mut impl Iterator<Item = Verdict>) -> Outcome {
        let verdict = refusal.map(Verdict::Refused).or_else(|| verdicts.next());
        let refusal = match verdict {
            Some(Verdict::Stored { stamp, .. } | Verdict::Repeat(stamp)) => return Outcome::Stored(stamp),
            Some(Verdict::Refused(refusal)) => refusal,
            None => Refusal::silent(sotto_protocol::ErrorCode::Internal),
        };
        self.metrics.refused(refusal.code);
        Outcome::Refused { code: refusal.code, epoch: refusal.epoch }
    }
}
