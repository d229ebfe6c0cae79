//! What does a person do with threads? List, open, begin and describe them; each is a file.

mod create;
mod describe;
mod list;
mod members;
mod open;
mod permitted;
mod similar;

use sotto_protocol::AccountId;
use sotto_protocol::event::{Description, Patient};
use sotto_store::table::member::MemberRow;
use sotto_store::table::thread::{ListRow, warning};

pub(crate) use self::open::{Loaded, load_row};
pub(crate) use self::permitted::load_permitted;
use crate::session::People;
use crate::view::{PatientView, ThreadRow, ThreadWarning};

/// Patients whose names a new one is compared with: those of the newest threads.
const COMPARED: u32 = 200;
/// Names that a row of the list has room for.
const NAMED_PEOPLE: usize = 12;

/// How a patient is called in one line: `LAST, First`.
pub(crate) fn patient_name(family: &str, given: &str) -> String {
    format!("{}, {given}", family.to_uppercase())
}

/// What a thread is called in one line: its title, its patient, or its people.
pub(crate) fn thread_name(row: &ThreadRow) -> String {
    match (&row.title, &row.patient) {
        (Some(title), _) => title.clone(),
        (None, Some(patient)) => patient_name(&patient.family, &patient.given),
        (None, None) => row.people.join(", "),
    }
}

/// A row of the list as a screen shows it. `others` are patients to compare the name with.
fn view_row(row: ListRow, members: &[MemberRow], people: &People, me: AccountId, others: &[PatientView]) -> ThreadRow {
    let thread = row.thread;
    let mut patient = thread.patient.as_ref().map(view_patient);
    if let Some(patient) = &mut patient {
        patient.similar = similar::find_similar(patient, others.iter());
    }
    let names = members.iter().filter(|member| member.account != me).take(NAMED_PEOPLE).map(|member| people.name(&member.account));
    ThreadRow {
        thread: thread.id,
        class: thread.class,
        title: thread.title,
        patient,
        people: names.collect(),
        reason: thread.reason,
        priority: thread.priority,
        preview: thread.preview,
        preview_author: thread.preview_author.map(|author| people.name(&author)),
        last_at: thread.last_at,
        unread: count(thread.unread),
        queued: count(row.queued),
        failed: count(row.failed),
        draft: row.draft,
    }
}

fn view_patient(patient: &Patient) -> PatientView {
    PatientView {
        family: patient.family.clone(),
        given: patient.given.clone(),
        preferred: patient.preferred.clone(),
        birth_date: patient.birth_date.clone(),
        mrn: patient.mrn.clone(),
        pronouns: patient.pronouns.clone(),
        language: patient.language.clone(),
        similar: None,
    }
}

/// What a thread is about, from what somebody typed: trimmed, and absent where nothing is left.
fn description(title: Option<String>, patient: Option<PatientView>, reason: Option<String>) -> Description {
    let word = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let patient = patient.map(|patient| Patient {
        family: patient.family.trim().to_owned(),
        given: patient.given.trim().to_owned(),
        preferred: word(patient.preferred),
        birth_date: patient.birth_date.trim().to_owned(),
        mrn: patient.mrn.trim().to_owned(),
        pronouns: word(patient.pronouns),
        language: word(patient.language),
    });
    Description { title: word(title), patient, reason: word(reason) }
}

fn view_warnings(bits: u32) -> Vec<ThreadWarning> {
    let all = [
        (warning::FORKED_LOG, ThreadWarning::ForkedLog),
        (warning::MISSING_ENTRIES, ThreadWarning::MissingEntries),
        (warning::UNREADABLE_EPOCH, ThreadWarning::UnreadableEpoch),
        (warning::ARCHIVE_MISMATCH, ThreadWarning::ArchiveMismatch),
    ];
    all.into_iter().filter(|(bit, _)| bits & bit != 0).map(|(_, warning)| warning).collect()
}

fn count(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
