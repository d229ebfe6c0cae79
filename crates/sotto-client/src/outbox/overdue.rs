//! Who begins the next epoch where nobody writes? Each member who is online, after a wait by their turn, so that one does and the rest see it done.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use sotto_crypto::OsRandom;
use sotto_crypto::random::make_bytes;
use sotto_protocol::directory::Directory;
use sotto_protocol::entry::ThreadClass;
use sotto_protocol::{AccountId, ThreadId, verify};
use sotto_store::table::{member, thread};
use tokio::time::Instant;

use super::rotation::is_outdated;
use crate::error::Result;
use crate::session::Core;
use crate::view::Connection;

/// How long each turn has before the next member takes over.
const TURN: Duration = Duration::from_secs(5);
/// Turns that are waited for; whoever comes later goes with the last. The last one is over long before 60 s (`docs/SECURITY.md`).
const TURNS: u64 = 8;
/// Spreads those of one turn, and one member's machines, which would all go at the same moment.
const JITTER_MS: u64 = 2_000;
/// How soon a look that failed is repeated.
const AGAIN: Duration = Duration::from_secs(5);

/// A thread that seals to somebody it must not seal to.
type Found = (ThreadId, u64);

/// Looks after each change of the directory, and whenever the connection comes back. Ends only by being dropped.
pub(crate) async fn run(core: Arc<Core>) {
    let mut directory = core.directory_version.subscribe();
    let mut connection = core.watch_connection();
    // When each thread that was found is this member's to end.
    let mut turns: BTreeMap<ThreadId, Instant> = BTreeMap::new();
    loop {
        directory.borrow_and_update();
        let online = *connection.borrow_and_update() == Connection::Online;
        let next = if online { look(&core, &mut turns).await } else { None };
        let wait = async move {
            match next {
                Some(at) => tokio::time::sleep_until(at).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = directory.changed() => {}
            _ = connection.changed() => {}
            () = wait => {}
        }
    }
}

/// Hands over what is due now; gives when to look again.
async fn look(core: &Arc<Core>, turns: &mut BTreeMap<ThreadId, Instant>) -> Option<Instant> {
    let now = Instant::now();
    let found = match find(core).await {
        Ok(found) => found,
        Err(error) => {
            tracing::info!(%error, "could not look for epochs that are over");
            return Some(now + AGAIN);
        }
    };
    let still: BTreeSet<ThreadId> = found.iter().map(|(thread, _)| *thread).collect();
    turns.retain(|thread, _| still.contains(thread));
    let mut due = Vec::new();
    for (thread, turn) in found {
        let at = *turns.entry(thread).or_insert_with(|| now + wait_for(turn, u64::from_be_bytes(make_bytes(&mut OsRandom::new()))));
        if at <= now {
            due.push(thread);
            // Where nothing came of it, once more.
            turns.insert(thread, now + TURN);
        }
    }
    if !due.is_empty() {
        tracing::info!(threads = due.len(), "ending epochs that seal to who may not be in them");
        core.overdue().extend(due);
        core.outbox_wake.notify_one();
    }
    turns.values().min().copied()
}

/// How long the member of this turn waits.
fn wait_for(turn: u64, random: u64) -> Duration {
    let turns = u32::try_from(turn.min(TURNS)).unwrap_or(u32::MAX);
    TURN.saturating_mul(turns) + Duration::from_millis(random % JITTER_MS)
}

/// The threads whose epoch is over by the directory, each with this member's turn.
async fn find(core: &Arc<Core>) -> Result<Vec<Found>> {
    let (people, me) = (core.people(), core.account);
    let found = core.vault.read(move |vault| {
        let members = member::of_joined(vault)?;
        let mut found = Vec::new();
        for thread in members.chunk_by(|one, next| one.0 == next.0) {
            let Some((row, class, ..)) = thread.first() else { continue };
            let of: Vec<(AccountId, u32)> = thread.iter().map(|(_, _, account, generation)| (*account, *generation)).collect();
            if of.iter().any(|(account, generation)| is_outdated(account, *generation, *class, &people.directory)) {
                let id = thread::id_of(vault, *row)?;
                found.extend(turn_of(me, id, *class, &of, &people.directory).map(|turn| (id, turn)));
            }
        }
        Ok(found)
    });
    Ok(found.await?)
}

/// Which turn is this member's, the same computed by every member: in the order of a hash, so that not one person does it for all threads.
fn turn_of(me: AccountId, id: ThreadId, class: ThreadClass, members: &[(AccountId, u32)], directory: &Directory) -> Option<u64> {
    let place = |account: &AccountId| verify::sha256(&[id.as_bytes(), account.as_bytes()]);
    let mine = place(&me);
    let mut eligible = members.iter().filter(|(account, _)| directory.may_be_in(account, class)).map(|(account, _)| *account);
    let all: Vec<AccountId> = eligible.by_ref().collect();
    all.contains(&me).then(|| all.iter().filter(|account| place(account).as_bytes() < mine.as_bytes()).count() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_turn_is_over_long_before_a_minute_and_the_first_begins_at_once() {
        assert!(wait_for(0, u64::MAX) < Duration::from_secs(2));
        assert!(wait_for(1, 0) >= TURN);
        assert!(wait_for(499, u64::MAX) <= Duration::from_secs(42));
    }
}
