//! Two workstations and a thread between them: one that writes fifty thousand messages, and one that reads them.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use sotto_client::view::{CreateThreadRequest, MessagePageRequest, Password, ThreadClass, ThreadFilter, ThreadListRequest};
use sotto_client::{OutgoingLine, Session, Workstation};
use sotto_protocol::event::Priority;
use sotto_protocol::{AccountId, ThreadId};

use crate::bench::clinic::{enrol, failed, found, let_in};
use crate::server::TestServer;
use crate::synthetic::SyntheticClinic;
use crate::{totp, wait};

/// Messages of the thread in the end, and those of the measured catch-up.
const MESSAGES: usize = 50_000;
const CATCH_UP: usize = 10_000;
/// Lines queued at once.
const CHUNK: usize = 500;
/// Long enough for tens of thousands of messages on a slow machine.
const PATIENCE: Duration = Duration::from_secs(300);
/// A word that one message in a thousand has.
pub const RARE: &str = "marmalade";

/// The two workstations.
pub struct Desks {
    server: TestServer,
    writer: Session,
    workstation: Workstation,
    reader: Session,
    /// The reader's account.
    pub account: AccountId,
    /// Everybody's password.
    pub password: Password,
    /// The reader's home.
    pub home: PathBuf,
    /// The thread.
    pub thread: ThreadId,
    sent: usize,
    /// A machine where the reader never was.
    elsewhere: Workstation,
    /// The reader's second factor, as its app keeps it.
    factor: String,
}

impl Desks {
    /// Server, organisation, two people and an empty thread.
    pub async fn set(folder: &Path) -> Result<Self> {
        let server = TestServer::create(&folder.join("server")).await?;
        let password = Password::new("a bench has a password".to_owned());
        let (home, writers_home) = (folder.join("reader"), folder.join("writer"));
        let (writers, admin) = found(&server, &writers_home, &password).await?;
        let (_, writer) = enrol(&admin, &writers, "Writer", &password).await?;
        let workstation = let_in(&admin, &home, "Reader's").await?;
        let elsewhere = let_in(&admin, &folder.join("elsewhere"), "Elsewhere").await?;
        let (begun, reader) = enrol(&admin, &workstation, "Reader", &password).await?;
        let (account, factor) = (begun.account, begun.totp.secret_text.expose().to_owned());
        admin.lock().await.map_err(failed)?;
        wait::until("the writer to know the reader", || async { writer.directory().await.is_ok_and(|all| all.len() == 3) }).await?;
        let request = CreateThreadRequest {
            class: ThreadClass::Staff,
            members: vec![account],
            title: Some("Bench".to_owned()),
            patient: None,
            reason: None,
        };
        let thread = writer.create_thread(request).await.map_err(failed)?.row.thread;
        let desks = Self { server, writer, workstation, reader, account, password, home, thread, sent: 0, elsewhere, factor };
        desks.wait_for_reader().await?;
        Ok(desks)
    }

    /// The reader's session.
    pub const fn reader(&self) -> &Session {
        &self.reader
    }

    /// Signs the reader in again, and says how long that took.
    pub async fn sign_in(&mut self) -> Result<Duration> {
        let started = Instant::now();
        self.reader = self.workstation.sign_in(self.account, &self.password).await.map_err(failed)?;
        Ok(started.elapsed())
    }

    /// The writer sends while the reader is locked. Returns the reader's time for the first ten thousand, from the open session on.
    pub async fn fill_and_catch_up(&mut self) -> Result<Duration> {
        self.reader.lock().await.map_err(failed)?;
        self.write(CATCH_UP).await?;
        self.sign_in().await?;
        let started = Instant::now();
        self.wait_for_reader().await?;
        let time = started.elapsed();
        self.reader.lock().await.map_err(failed)?;
        self.write(MESSAGES - CATCH_UP).await?;
        self.sign_in().await?;
        self.wait_for_reader().await?;
        Ok(time)
    }

    /// Signs the reader in where they never were, with so many threads and messages in all and everything else of theirs locked. Returns the
    /// time until the list and the newest page of every thread are there, and the time until everything is.
    pub async fn roam(&mut self, threads: usize, messages: usize) -> Result<(Duration, Duration)> {
        let mut all = vec![self.thread];
        while all.len() < threads {
            all.push(self.begin_thread().await?);
        }
        for thread in &all {
            self.thread = *thread;
            self.write(messages / threads).await?;
        }
        self.reader.lock().await.map_err(failed)?;
        let code = totp::code_now(&self.factor, 0)?;
        let started = Instant::now();
        self.reader = self.elsewhere.sign_in_new("reader", &self.password, &code).await.map_err(failed)?;
        let page = ThreadListRequest { filter: ThreadFilter::Mine, after: None, limit: 50 };
        let listed = self.reader.threads(page).await.map_err(failed)?.counts.mine;
        anyhow::ensure!(listed as usize == threads, "{listed} of {threads} threads are in the list");
        for thread in &all {
            let request = MessagePageRequest { thread: *thread, before: None, after: None, limit: 50 };
            let shown = self.reader.messages(request).await.map_err(failed)?.messages.len();
            anyhow::ensure!(shown == 50, "{shown} of a thread's newest 50 messages are there");
        }
        let usable = started.elapsed();
        let filled = || async { self.reader.filling().await.is_ok_and(|filling| filling.is_none()).then_some(()) };
        wait::until_some_within(PATIENCE, "everything to be there", filled).await?;
        Ok((usable, started.elapsed()))
    }

    async fn begin_thread(&self) -> Result<ThreadId> {
        let request = CreateThreadRequest {
            class: ThreadClass::Staff,
            members: vec![self.account],
            title: Some("Bench".to_owned()),
            patient: None,
            reason: None,
        };
        Ok(self.writer.create_thread(request).await.map_err(failed)?.row.thread)
    }

    async fn write(&mut self, count: usize) -> Result<()> {
        let mut texts = texts()?.into_iter().cycle().skip(self.sent % 97);
        for chunk in 0..count.div_ceil(CHUNK) {
            let lines = (0..CHUNK.min(count - chunk * CHUNK)).map(|place| {
                let number = self.sent + chunk * CHUNK + place;
                let rare = if number.is_multiple_of(1_000) { RARE } else { "" };
                OutgoingLine {
                    text: format!("{number}: {} {rare}", texts.next().unwrap_or_default()),
                    reference: None,
                    answers: Vec::new(),
                }
            });
            self.writer.send_messages(self.thread, Priority::Fyi, lines.collect()).await.map_err(failed)?;
        }
        self.sent += count;
        let empty = || async { self.writer.outbox(self.thread).await.ok().filter(|counts| counts.queued == 0) };
        wait::until_some_within(PATIENCE, "the writer's outbox to be empty", empty).await.map(drop)
    }

    async fn wait_for_reader(&self) -> Result<()> {
        let last = self.writer.thread(self.thread).await.map_err(failed)?.last_seq;
        let there = || async { self.reader.thread(self.thread).await.ok().filter(|view| view.last_seq >= last) };
        wait::until_some_within(PATIENCE, "the reader to have everything", there).await.map(drop)
    }

    /// Locks both and stops the server.
    pub async fn close(mut self) -> Result<()> {
        self.reader.lock().await.map_err(failed)?;
        self.writer.lock().await.map_err(failed)?;
        self.server.stop();
        Ok(())
    }
}

/// Real words in real lengths: the synthetic clinic's lines.
fn texts() -> Result<Vec<String>> {
    let clinic = SyntheticClinic::load().context("could not load the synthetic clinic")?;
    Ok(clinic.threads.into_iter().flat_map(|thread| thread.log).map(|line| line.text).collect())
}
