//! How the synthetic clinic's files are written: one line a patient, one line a message.

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;
use sotto_protocol::entry::ThreadClass;
use sotto_protocol::event::Priority;

use super::{SampleMessage, SamplePatient, SampleThread, Staff};

const HOUR_MS: u64 = 3_600_000;
const MINUTE_MS: u64 = 60_000;

/// `people.toml`.
#[derive(Deserialize)]
pub struct People {
    pub clinic: String,
    pub staff: Vec<Staff>,
    pub patients: PatientList,
}

/// The patients of `people.toml`.
#[derive(Deserialize)]
pub struct PatientList {
    pub list: Vec<String>,
}

/// A file of threads.
#[derive(Deserialize)]
pub struct ThreadsFile {
    pub thread: Vec<ThreadEntry>,
}

/// A thread as its file says it.
#[derive(Deserialize)]
pub struct ThreadEntry {
    class: Option<ThreadClass>,
    title: Option<String>,
    patient: Option<usize>,
    reason: Option<String>,
    members: Vec<String>,
    hours_ago: u64,
    log: Vec<String>,
}

/// Reads `FAMILY, Given; 1961-03-14; called Mari; she/her; Spanish`.
pub fn patient(line: &str, number: usize) -> Result<SamplePatient> {
    let mut parts = line.split("; ");
    let (family, given) = parts.next().and_then(|name| name.split_once(", ")).with_context(|| format!("{line:?} has no name"))?;
    let birth_date = parts.next().with_context(|| format!("{line:?} has no birth date"))?;
    let mut patient = SamplePatient {
        family: family.to_owned(),
        given: given.to_owned(),
        preferred: None,
        birth_date: birth_date.to_owned(),
        mrn: format!("DEMO-{number:06}"),
        pronouns: None,
        language: None,
    };
    for part in parts {
        if let Some(preferred) = part.strip_prefix("called ") {
            patient.preferred = Some(preferred.to_owned());
        } else if part.contains('/') {
            patient.pronouns = Some(part.to_owned());
        } else {
            patient.language = Some(part.to_owned());
        }
    }
    Ok(patient)
}

/// A thread with its patient and its times: the first line `hours_ago`, the next ones some minutes apart.
pub fn thread(entry: ThreadEntry, patients: &[SamplePatient]) -> Result<SampleThread> {
    let patient = match entry.patient {
        Some(place) => Some(patients.get(place).with_context(|| format!("there is no patient {place}"))?.clone()),
        None => None,
    };
    let mut age_ms = entry.hours_ago * HOUR_MS + entry.hours_ago % 7 * 7 * MINUTE_MS;
    let mut log = Vec::new();
    for line in &entry.log {
        log.push(message(line, age_ms)?);
        // Deterministic, and not one like the other: two to eleven minutes, less than an hour for the longest thread.
        age_ms = age_ms.saturating_sub((2 + line.len() as u64 % 10) * MINUTE_MS);
    }
    let class = entry.class.unwrap_or(ThreadClass::Clinical);
    Ok(SampleThread { class, title: entry.title, patient, reason: entry.reason, members: entry.members, log })
}

/// Reads `author: text` or `author priority: text`.
fn message(line: &str, age_ms: u64) -> Result<SampleMessage> {
    let (head, text) = line.split_once(": ").with_context(|| format!("{line:?} has no author"))?;
    let (author, priority) = match head.split_once(' ') {
        None => (head, Priority::Fyi),
        Some((author, "action")) => (author, Priority::Action),
        Some((author, "concern")) => (author, Priority::Concern),
        Some((author, "stat")) => (author, Priority::Stat),
        Some((_, other)) => bail!("{other:?} is no priority"),
    };
    Ok(SampleMessage { author: author.to_owned(), priority, text: text.to_owned(), age_ms })
}
