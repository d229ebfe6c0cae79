//! How fast is search in a vault of a million messages? The real database, real words in real lengths, asked as the client asks it.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use sotto_protocol::entry::ThreadClass;
use sotto_protocol::event::{Description, Patient, Priority};
use sotto_protocol::{AccountId, EntryId, ThreadId};
use sotto_store::table::message::{self, MessageKind, MessageRow};
use sotto_store::table::search::{self, HitPage, Narrow};
use sotto_store::table::thread;
use sotto_store::{Connection, Key, StoreError, Vault};

use super::row::{Row, Target};
use crate::synthetic::SyntheticClinic;

/// The metrics of this module.
pub const METRICS: &[&str] = &[
    "search.million_fill",
    "search.million_cold",
    "search.million_common_p99",
    "search.million_rare_p99",
    "search.million_and_p99",
    "search.million_prefix_p99",
    "search.million_from_p99",
    "search.million_role_p99",
    "search.million_patient_p99",
    "search.million_stat_p99",
    "search.million_month_p99",
    "search.million_check",
    "search.million_rebuild",
];

const MESSAGES: u64 = 1_000_000;
const THREADS: u64 = 3_000;
const AUTHORS: u8 = 200;
/// Messages of one transaction, as a batch of the feed has them.
const BATCH: u64 = 500;
/// The first message's time and the time between two: three years in all.
const BEGAN: u64 = 1_700_000_000_000;
const APART: u64 = 95_000;
const MONTH: u64 = 30 * 86_400_000;
/// Hits of a page, as the window asks for them.
const PAGE: u32 = 40;
/// How often each question is asked.
const TIMES: u64 = 200;

type Asked = std::result::Result<HitPage, StoreError>;
/// A question; the number makes every turn another one where that matters.
type Question = fn(&Connection, u64) -> Asked;

const QUESTIONS: [(&str, Question); 9] = [
    ("search.million_common_p99", |c, _| ask(c, "the", &Narrow::default())),
    ("search.million_rare_p99", |c, n| ask(c, &format!("n{}", 1 + n * 4_999), &Narrow::default())),
    ("search.million_and_p99", |c, _| ask(c, "room the", &Narrow::default())),
    ("search.million_prefix_p99", |c, _| ask(c, "dress", &Narrow::default())),
    ("search.million_from_p99", |c, n| ask(c, "the", &Narrow { authors: Some(vec![author(n)]), ..Narrow::default() })),
    ("search.million_role_p99", |c, n| ask(c, "the", &Narrow { authors: Some((n..n + 60).map(author).collect()), ..Narrow::default() })),
    ("search.million_patient_p99", |c, n| {
        let threads = search::find_patient_threads(c, &format!("demo{}", 1 + n * 7 % THREADS), 500)?;
        ask(c, "the", &Narrow { threads: Some(threads), ..Narrow::default() })
    }),
    ("search.million_stat_p99", |c, _| ask(c, "", &Narrow { priority: Some(Priority::Stat), ..Narrow::default() })),
    ("search.million_month_p99", |c, n| {
        let since = BEGAN + n % 30 * MONTH;
        ask(c, "the", &Narrow { since: Some(since), until: Some(since + MONTH), ..Narrow::default() })
    }),
];

/// A page with what the list says of each hit's thread, as the client asks for both.
fn ask(vault: &Connection, query: &str, narrow: &Narrow) -> Asked {
    let page = search::find_narrowed(vault, query, narrow, None, PAGE)?;
    for hit in &page.hits {
        thread::list_row(vault, hit.message.thread_row)?;
    }
    Ok(page)
}

fn author(number: u64) -> AccountId {
    let number = u8::try_from(number % u64::from(AUTHORS)).unwrap_or_default();
    AccountId::from_bytes([number + 1; 16])
}

/// Fills a vault in `folder` and asks it.
///
/// # Errors
/// Where the vault refuses, or a question that must find something finds nothing.
pub async fn measure(folder: &Path) -> Result<Vec<Row>> {
    let key = Key::new([1; 32], [2; 16]);
    let vault = Vault::create(folder, &key)?;
    let filled = fill(&vault).await?;
    vault.close().await;
    let mut rows = vec![Row::new("search.million_fill", MESSAGES as f64 / filled.as_secs_f64(), "1/s")];
    // Nothing is in the database's own memory; the system's is as warm as the filling left it.
    let vault = Vault::open(folder, &key)?;
    let (cold, _) = time(&vault, |c, _| ask(c, "room the", &Narrow::default()), 0).await?;
    rows.push(Row::new("search.million_cold", ms(cold), "ms").target(Target::AtMost(50.0)));
    for (metric, question) in QUESTIONS {
        let mut times = Vec::new();
        let mut found = 0;
        for number in 0..TIMES {
            let (took, hits) = time(&vault, question, number).await?;
            times.push(ms(took));
            found += hits;
        }
        ensure!(found > 0, "{metric}: questions that must find something found nothing");
        times.sort_by(f64::total_cmp);
        let place = times.len() * 99 / 100;
        let p99 = times.get(place.min(times.len().saturating_sub(1))).copied().unwrap_or_default();
        rows.push(Row::new(metric, p99, "ms").target(Target::AtMost(15.0)));
    }
    rows.extend(tend(&vault).await?);
    vault.close().await;
    Ok(rows)
}

/// A question's time, on the reading thread and back, and how much it found.
async fn time(vault: &Vault, question: Question, number: u64) -> Result<(Duration, usize)> {
    let started = Instant::now();
    let page = vault.read(move |c| question(c, number)).await?;
    Ok((started.elapsed(), page.hits.len()))
}

/// One look of the self-check, and a whole new index in the batches in which a session makes it.
async fn tend(vault: &Vault) -> Result<Vec<Row>> {
    let started = Instant::now();
    ensure!(vault.read(|c| search::check(c, 12_345, 256)).await?, "a new index is not sound");
    let check = started.elapsed();
    let started = Instant::now();
    vault.write(|c| search::begin_rebuild(c)).await?;
    while vault.write(|c| search::rebuild(c, 250)).await? {}
    Ok(vec![Row::new("search.million_check", ms(check), "ms"), Row::new("search.million_rebuild", started.elapsed().as_secs_f64(), "s")])
}

async fn fill(vault: &Vault) -> Result<Duration> {
    let texts = texts()?;
    vault.write(|c| (1..=THREADS).try_for_each(|number| begin(c, number))).await?;
    let mut seqs = vec![0_u64; usize::try_from(THREADS)?];
    let mut dice = 0x9e37_79b9_7f4a_7c15_u64;
    let started = Instant::now();
    for batch in 0..MESSAGES / BATCH {
        let mut rows = Vec::new();
        for position in batch * BATCH + 1..=(batch + 1) * BATCH {
            dice = roll(dice);
            let thread = dice % THREADS;
            let seq = seqs.get_mut(usize::try_from(thread)?).context("a thread has a place")?;
            *seq += 1;
            let text = texts.get(usize::try_from(dice >> 32)? % texts.len()).context("the clinic says something")?;
            rows.push(row(thread, *seq, position, dice, text)?);
        }
        vault.write(move |c| rows.iter().try_for_each(|row| message::insert(c, row))).await?;
    }
    Ok(started.elapsed())
}

/// A thread about a patient, whose number is one word.
fn begin(vault: &Connection, number: u64) -> std::result::Result<(), StoreError> {
    let row = thread::insert(vault, ThreadId::from_bytes(u128::from(number).to_be_bytes()), ThreadClass::Clinical, BEGAN)?;
    thread::join(vault, row, 1)?;
    let patient = Patient {
        family: format!("SAMPLE{}", number % 400),
        given: "Demo".to_owned(),
        preferred: None,
        birth_date: "1961-03-04".to_owned(),
        mrn: format!("demo{number}"),
        pronouns: None,
        language: None,
    };
    thread::describe(vault, row, 1, &Description { title: None, patient: Some(patient), reason: Some("Labs".to_owned()) })
}

fn row(thread: u64, seq: u64, position: u64, dice: u64, text: &str) -> Result<MessageRow> {
    let priority = match dice % 100 {
        0 => Priority::Stat,
        1..=4 => Priority::Concern,
        5..=14 => Priority::Action,
        _ => Priority::Fyi,
    };
    Ok(MessageRow {
        thread_row: i64::try_from(thread + 1)?,
        seq,
        position,
        entry: EntryId::from_bytes(u128::from(position).to_be_bytes()),
        author: author(dice >> 8),
        at: BEGAN + position * APART,
        kind: MessageKind::Message,
        priority,
        // One word is the message's own, as names and numbers are.
        text: format!("{text} n{position}"),
        mine: false,
    })
}

/// A cheap generator that gives every run the same vault.
const fn roll(mut dice: u64) -> u64 {
    dice ^= dice << 13;
    dice ^= dice >> 7;
    dice ^= dice << 17;
    dice
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Real words in real lengths: the synthetic clinic's lines.
fn texts() -> Result<Vec<String>> {
    let clinic = SyntheticClinic::load().context("could not load the synthetic clinic")?;
    Ok(clinic.threads.into_iter().flat_map(|thread| thread.log).map(|line| line.text).collect())
}
