//! How do views read in a terminal? One line each, times in UTC, nothing shortened that tells two patients apart.

use sotto_client::view::{Change, MessageReceipts, MessageState, MessageView, PatientView, Priority, ThreadRow};
use time::OffsetDateTime;
use time::macros::format_description;

use crate::command::find::called;

/// A time of the protocol, to the minute.
#[must_use]
pub fn time(ms: u64) -> String {
    let format = format_description!("[year]-[month]-[day] [hour]:[minute]Z");
    let seconds = i64::try_from(ms / 1_000).unwrap_or(i64::MAX);
    OffsetDateTime::from_unix_timestamp(seconds).ok().and_then(|at| at.format(format).ok()).unwrap_or_default()
}

/// A row of the list.
#[must_use]
pub fn thread(row: &ThreadRow) -> String {
    let patient = row.patient.as_ref().map(patient).unwrap_or_default();
    let marks = [(row.unread, "unread"), (row.queued, "queued"), (row.failed, "FAILED")];
    let marks: String = marks.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!(" [{count} {word}]")).collect();
    format!("{}  {}  {}{patient}{marks}  {}", row.thread, time(row.last_at), called(row), row.preview)
}

/// A line of a thread.
#[must_use]
pub fn message(message: &MessageView) -> String {
    match message {
        MessageView::Message { seq, author_name, at, text, priority, state, file, receipts, .. } => {
            let place = seq.map_or_else(|| "-".to_owned(), |seq| seq.to_string());
            let file = file.as_ref().map(|file| format!("[{}, {} bytes] ", file.name, file.bytes)).unwrap_or_default();
            format!("{place:>6}  {}  {author_name}: {}{file}{text}{}{}", time(*at), urgency(*priority), way(*state), known(receipts))
        }
        MessageView::Change { seq, author_name, at, change, .. } => {
            let did = match change {
                Change::Created => "began the thread",
                Change::Members => "changed the members",
                Change::Described => "described the thread",
                Change::Rotated => "renewed the key",
                Change::Exported => "saved a file outside of Sotto",
            };
            format!("{seq:>6}  {}  * {author_name} {did}", time(*at))
        }
        MessageView::Tombstone { seq, at, reason, .. } => format!("{seq:>6}  {}  ! cannot be shown: {reason:?}", time(*at)),
    }
}

fn patient(patient: &PatientView) -> String {
    let similar = patient.similar.as_ref().map(|other| format!(", NOT {other}")).unwrap_or_default();
    format!(" ({}, MRN {}{similar})", patient.birth_date, patient.mrn)
}

const fn urgency(priority: Priority) -> &'static str {
    match priority {
        Priority::Fyi => "",
        Priority::Action => "[ACTION] ",
        Priority::Concern => "[CONCERN] ",
        Priority::Stat => "[STAT] ",
    }
}

fn way(state: MessageState) -> String {
    match state {
        MessageState::Queued => " (queued here)".into(),
        MessageState::Failed { code } => format!(" (FAILED: {code})"),
        MessageState::OnServer | MessageState::Received => String::new(),
    }
}

/// The furthest that is known of what became of it, where it was for anybody.
fn known(receipts: &MessageReceipts) -> String {
    let MessageReceipts { recipients, stored, displayed, acknowledged, .. } = receipts;
    let told = [(acknowledged, "acknowledged"), (displayed, "displayed"), (stored, "stored")];
    let told = told.into_iter().find(|(count, _)| **count > 0);
    told.map_or_else(String::new, |(count, word)| format!(" ({word} {count}/{recipients})"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn times_are_utc_to_the_minute() {
        assert_eq!(super::time(1_795_000_000_000), "2026-11-18 11:06Z");
    }
}
