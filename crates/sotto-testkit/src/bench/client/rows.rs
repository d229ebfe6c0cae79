//! What is measured at the reader's workstation, and against which target.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use sotto_client::view::{MessagePageRequest, Priority, SearchRequest, SendMessageRequest, ThreadFilter, ThreadListRequest};
use sotto_crypto::Secret32;
use sotto_crypto::vault_key::{Opener, derive_kek};
use sotto_store::VaultFile;

use super::desks::{Desks, RARE};
use crate::bench::clinic::failed;
use crate::bench::limits::Limits;
use crate::bench::row::{Row, Target};

/// Repeats of what takes long, and of what does not.
const FEW: usize = 5;
const MANY: usize = 100;

pub fn catch_up(time: Duration) -> Row {
    Row::new("client.catch_up_10k", time.as_secs_f64(), "s").target(Target::AtMost(1.5))
}

/// Lock, then unlock to the first page of the inbox; the key derivation, which is slow on purpose, is measured beside it and taken off.
pub async fn lock_and_unlock(desks: &mut Desks) -> Result<Vec<Row>> {
    let (mut locks, mut unlocks) = (Vec::new(), Vec::new());
    for _ in 0..FEW {
        let started = Instant::now();
        desks.reader().lock().await.map_err(failed)?;
        locks.push(ms(started.elapsed()));
        let kdf = kdf_time(desks)?;
        let started = Instant::now();
        desks.sign_in().await?;
        let page = ThreadListRequest { filter: ThreadFilter::Mine, after: None, limit: 50 };
        desks.reader().threads(page).await.map_err(failed)?;
        unlocks.push(ms(started.elapsed().saturating_sub(kdf)));
    }
    Ok(vec![
        Row::new("client.unlock_to_inbox", quantile(&mut unlocks, 0.5), "ms").target(Target::AtMost(150.0)),
        Row::new("client.lock_complete", quantile(&mut locks, 0.95), "ms").target(Target::AtMost(1_000.0)),
    ])
}

fn kdf_time(desks: &Desks) -> Result<Duration> {
    let account = desks.home.join("accounts").join(desks.account.to_string());
    let file = VaultFile::load(&account, Opener::Password).context("could not read the vault's key file")?;
    let (zero, started) = (Secret32::from_bytes([0; 32]), Instant::now());
    let password = desks.password.expose().as_bytes();
    derive_kek(Opener::Password, password, &[0; 16], &zero, &zero, &file.binding.ids, &file.binding.params)
        .context("could not derive a key")?;
    Ok(started.elapsed())
}

/// The newest page of a thread of fifty thousand, as opening it asks for.
pub async fn open_thread(desks: &Desks) -> Result<Row> {
    let mut times = Vec::new();
    for _ in 0..MANY {
        let started = Instant::now();
        desks.reader().thread(desks.thread).await.map_err(failed)?;
        let request = MessagePageRequest { thread: desks.thread, before: None, after: None, limit: 60 };
        desks.reader().messages(request).await.map_err(failed)?;
        times.push(ms(started.elapsed()));
    }
    Ok(Row::new("client.open_thread", quantile(&mut times, 0.5), "ms").target(Target::AtMost(30.0)))
}

pub async fn search(desks: &Desks) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (metric, query) in [
        ("client.search_common_p99", "the"),
        ("client.search_rare_p99", RARE),
        ("client.search_and_p99", "room the"),
        ("client.search_prefix_p99", "dress"),
    ] {
        let mut times = Vec::new();
        for _ in 0..MANY {
            let request = SearchRequest { query: query.to_owned(), thread: None, before: None, limit: 50, filter: Default::default() };
            let started = Instant::now();
            let page = desks.reader().search(request).await.map_err(failed)?;
            times.push(ms(started.elapsed()));
            anyhow::ensure!(!page.hits.is_empty(), "a search that must find something found nothing");
        }
        rows.push(Row::new(metric, quantile(&mut times, 0.99), "ms").target(Target::AtMost(15.0)));
    }
    Ok(rows)
}

/// One message after another, until each is safe in the outbox.
pub async fn send(desks: &Desks, limits: &Limits) -> Result<Vec<Row>> {
    let mut times = Vec::new();
    for number in 0..MANY * 3 {
        let request =
            SendMessageRequest { thread: desks.thread, text: format!("measured {number}"), priority: Priority::Fyi, answers: Vec::new() };
        let started = Instant::now();
        desks.reader().send_message(request).await.map_err(failed)?;
        times.push(ms(started.elapsed()));
    }
    Ok(vec![
        Row::new("client.send_p50", quantile(&mut times, 0.5), "ms")
            .target(Target::AtMost(3.0 * limits.fdatasync_ms))
            .limit(Some(limits.fdatasync_ms)),
        Row::new("client.send_p99", quantile(&mut times, 0.99), "ms").target(Target::AtMost(15.0)).limit(Some(limits.fdatasync_p99_ms)),
    ])
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn quantile(times: &mut [f64], share: f64) -> f64 {
    times.sort_by(f64::total_cmp);
    let place = (times.len() as f64 * share) as usize;
    times.get(place.min(times.len().saturating_sub(1))).copied().unwrap_or_default()
}
