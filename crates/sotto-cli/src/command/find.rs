//! Whom or what does a word on the command line mean? A person by name or id, a thread by id, the start of its id, or its title.

use sotto_client::view::{ErrorCode, PersonState, PersonView, ThreadFilter, ThreadListRequest, ThreadRow, TileView, WorkstationView};
use sotto_client::{Session, Workstation};
use sotto_protocol::{AccountId, ThreadId};

use crate::failure::{Failure, Outcome};

/// The fewest characters of an id that stand for it.
const ID_START: usize = 6;

/// The organisation's person of that name or account id.
///
/// # Errors
/// `not_found`, or `conflict` where the name is more than one person's.
pub async fn person(session: &Session, word: &str) -> Outcome<AccountId> {
    if let Ok(account) = word.parse() {
        return Ok(account);
    }
    let people = session.directory().await?;
    only(people.into_iter().filter(|person| !person.revoked && same(&person.name, word)).map(|person| person.account))
}

/// The person on the administrators' list of that name, login name or account id; also one whose invite is open.
///
/// # Errors
/// `not_permitted`; `not_found`, or `conflict` where the name is more than one person's.
pub async fn listed(session: &Session, word: &str) -> Outcome<AccountId> {
    if let Ok(account) = word.parse() {
        return Ok(account);
    }
    let meant = |person: &PersonView| {
        person.state != PersonState::Revoked && (same(&person.name, word) || person.login.as_deref().is_some_and(|login| same(login, word)))
    };
    only(session.people().await?.into_iter().filter(meant).map(|person| person.account))
}

/// The person of this workstation with that name or account id, or whoever signed in last.
///
/// # Errors
/// `not_enrolled`, or `wiped` where nobody is here since the workstation was wiped; `conflict` where the name is more than one person's.
pub fn tile(workstation: &Workstation, word: Option<&str>) -> Outcome<TileView> {
    let WorkstationView { people, wiped_at, .. } = workstation.view();
    let nobody = Failure::new(if wiped_at.is_some() { ErrorCode::Wiped } else { ErrorCode::NotEnrolled });
    let account = match word {
        Some(word) => match word.parse::<AccountId>() {
            Ok(account) => Some(account),
            Err(_) => {
                only(people.iter().filter(|tile| same(&tile.name, word)).map(|tile| tile.account)).map(Some).or_else(unless_missing)?
            }
        },
        None => workstation.last_person().or_else(|| people.first().map(|tile| tile.account)),
    };
    people.into_iter().find(|tile| Some(tile.account) == account).ok_or(nobody)
}

/// The thread that a word means.
///
/// # Errors
/// `not_found`, or `conflict` where it means more than one.
pub async fn thread(session: &Session, word: &str) -> Outcome<ThreadId> {
    if let Ok(thread) = word.parse() {
        return Ok(thread);
    }
    let mut found = Vec::new();
    let mut after = None;
    loop {
        let page = session.threads(ThreadListRequest { filter: ThreadFilter::Mine, after, limit: 200 }).await?;
        found.extend(page.rows.into_iter().filter(|row| is_meant(row, word)).map(|row| row.thread));
        after = page.next;
        if after.is_none() {
            return only(found.into_iter());
        }
    }
}

/// What a thread is called in one line.
#[must_use]
pub fn called(row: &ThreadRow) -> String {
    match (&row.title, &row.patient) {
        (Some(title), _) => title.clone(),
        (None, Some(patient)) => format!("{}, {}", patient.family.to_uppercase(), patient.given),
        (None, None) => row.people.join(", "),
    }
}

fn is_meant(row: &ThreadRow, word: &str) -> bool {
    (word.len() >= ID_START && row.thread.to_string().starts_with(word)) || same(&called(row), word)
}

fn same(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

fn unless_missing(failure: Failure) -> Outcome<Option<AccountId>> {
    if failure.code == ErrorCode::NotFound { Ok(None) } else { Err(failure) }
}

fn only<T>(mut found: impl Iterator<Item = T>) -> Outcome<T> {
    let first = found.next().ok_or(Failure::new(ErrorCode::NotFound))?;
    if found.next().is_some() { Err(Failure::new(ErrorCode::Conflict)) } else { Ok(first) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_means_two_things_means_none() {
        assert_eq!(only([1].into_iter()), Ok(1));
        assert_eq!(only([1, 2].into_iter()), Err(Failure::new(ErrorCode::Conflict)));
        assert_eq!(only(std::iter::empty::<u8>()), Err(Failure::new(ErrorCode::NotFound)));
        assert!(same(" rosa MÉNDEZ", "Rosa Méndez"));
    }
}
