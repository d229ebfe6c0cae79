//! How the demo clinic's threads are written: in the order of their times, each message stored before the next one is sent.

use std::collections::HashMap;

use anyhow::{Context as _, Result};
use sotto_client::Session;
use sotto_client::clock::{Clock as _, SystemClock};
use sotto_client::view::{CreateThreadRequest, DraftView, PatientView, SendMessageRequest};
use sotto_protocol::ThreadId;
use sotto_protocol::event::Priority;

use super::failed;
use super::make::AtWork;
use crate::clock::FakeClock;
use crate::synthetic::{SampleMessage, SamplePatient, SampleThread, SyntheticClinic};
use crate::wait;

/// Messages younger than this are left unread by those who did not write them.
const UNREAD_MS: u64 = 4 * 3_600_000;
/// A thread is made this long before its first message.
const LEAD_MS: u64 = 60_000;
/// Who leaves a draft.
const DRAFTER: &str = "amara";

/// What happens at some time.
enum Step<'a> {
    Make(usize),
    Say(usize, &'a SampleMessage),
}

/// Writes every thread, marks what is old as read, and leaves a draft.
///
/// # Errors
/// Where a message is refused or does not arrive.
pub async fn populate(synthetic: &SyntheticClinic, at_work: &HashMap<String, AtWork>, clock: &FakeClock) -> Result<()> {
    let now = SystemClock.wall_ms();
    let mut made: HashMap<usize, ThreadId> = HashMap::new();
    for (age_ms, step) in steps(synthetic) {
        clock.set_wall_ms(now.saturating_sub(age_ms));
        match step {
            Step::Make(number) => {
                let thread = synthetic.threads.get(number).context("a step names a thread")?;
                made.insert(number, create(thread, at_work).await?);
            }
            Step::Say(number, line) => {
                let thread = made.get(&number).copied().context("a thread is made before it is written to")?;
                say(thread, line, at_work).await?;
            }
        }
    }
    for (number, thread) in made {
        let sample = synthetic.threads.get(number).context("a thread has its sample")?;
        settle(thread, sample, at_work).await?;
    }
    if at_work.contains_key(DRAFTER) { leave_draft(at_work).await } else { Ok(()) }
}

fn steps(synthetic: &SyntheticClinic) -> Vec<(u64, Step<'_>)> {
    let mut steps = Vec::new();
    for (number, thread) in synthetic.threads.iter().enumerate() {
        let first = thread.log.first().map_or(0, |line| line.age_ms);
        steps.push((first + LEAD_MS, Step::Make(number)));
        steps.extend(thread.log.iter().map(|line| (line.age_ms, Step::Say(number, line))));
    }
    steps.sort_by_key(|(age, _)| std::cmp::Reverse(*age));
    steps
}

fn session<'a>(at_work: &'a HashMap<String, AtWork>, key: &str) -> Result<&'a Session> {
    at_work.get(key).map(|person| &person.session).with_context(|| format!("{key} is not at work"))
}

async fn create(thread: &SampleThread, at_work: &HashMap<String, AtWork>) -> Result<ThreadId> {
    let author = session(at_work, thread.members.first().context("a thread has members")?)?;
    let directory = author.directory().await.map_err(failed)?;
    let account = |key: &String| {
        let name = at_work.get(key).map(|person| person.staff.name.as_str());
        directory.iter().find(|person| Some(person.name.as_str()) == name).map(|person| person.account)
    };
    let members = thread.members.iter().map(|key| account(key).with_context(|| format!("{key} is not in the directory")));
    let request = CreateThreadRequest {
        class: thread.class,
        members: members.collect::<Result<_>>()?,
        title: thread.title.clone(),
        patient: thread.patient.clone().map(PatientView::from),
        reason: thread.reason.clone(),
    };
    Ok(author.create_thread(request).await.map_err(failed)?.row.thread)
}

/// Waits until the author's workstation has the thread, sends, and waits until the server has the message: the next one may be another's.
async fn say(thread: ThreadId, line: &SampleMessage, at_work: &HashMap<String, AtWork>) -> Result<()> {
    let author = session(at_work, &line.author)?;
    wait::until("the thread to reach its next author", || async { author.thread(thread).await.is_ok_and(|view| view.last_seq > 0) })
        .await?;
    let request = SendMessageRequest { thread, text: line.text.clone(), priority: line.priority, answers: Vec::new() };
    author.send_message(request).await.map_err(failed)?;
    wait::until("a message to reach the server", || async { author.outbox(thread).await.is_ok_and(|counts| counts.queued == 0) }).await
}

/// Waits until every member has the whole thread, and marks it as read for those who would have.
async fn settle(thread: ThreadId, sample: &SampleThread, at_work: &HashMap<String, AtWork>) -> Result<()> {
    let author = session(at_work, sample.members.first().context("a thread has members")?)?;
    let last = author.thread(thread).await.map_err(failed)?.last_seq;
    let newest = sample.log.last().context("a thread has messages")?;
    for key in &sample.members {
        let reader = session(at_work, key)?;
        wait::until("a thread to reach everybody", || async { reader.thread(thread).await.is_ok_and(|view| view.last_seq >= last) })
            .await?;
        if newest.age_ms > UNREAD_MS || newest.author == *key {
            reader.mark_read(thread, last).await.map_err(failed)?;
        }
    }
    Ok(())
}

/// One draft, so that the list shows what a draft looks like.
async fn leave_draft(at_work: &HashMap<String, AtWork>) -> Result<()> {
    let nurse = session(at_work, DRAFTER)?;
    let request = sotto_client::view::ThreadListRequest { filter: Default::default(), after: None, limit: 50 };
    let page = nurse.threads(request).await.map_err(failed)?;
    let about = |family: &str| page.rows.iter().find(|row| row.patient.as_ref().is_some_and(|patient| patient.family == family));
    // A clinic of few people may have no such thread.
    let Some(row) = about("TEMPLATE") else { return Ok(()) };
    let draft = DraftView { text: "The large cuff reads 4 points lower, so ".to_owned(), priority: Priority::Fyi };
    nurse.save_draft(row.thread, Some(draft)).await.map_err(failed)
}

impl From<SamplePatient> for PatientView {
    fn from(patient: SamplePatient) -> Self {
        Self {
            family: patient.family,
            given: patient.given,
            preferred: patient.preferred,
            birth_date: patient.birth_date,
            mrn: patient.mrn,
            pronouns: patient.pronouns,
            language: patient.language,
            similar: None,
        }
    }
}
