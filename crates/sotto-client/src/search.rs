//! Which messages have all the words? The newest first, with the thread's name as the list shows it.

use std::collections::HashMap;

use sotto_protocol::role::Classes;
use sotto_protocol::{AccountId, ErrorCode, ThreadId};
use sotto_store::table::search::{self, HitPage, Narrow};
use sotto_store::table::thread;
use sotto_store::{Connection, StoreError};

use crate::error::{Attempt as _, ClientError, Result};
use crate::session::{People, Session};
use crate::thread::{load_permitted, load_row, thread_name};
use crate::view::{SearchFilter, SearchHit, SearchPage, SearchRequest};

/// Hits of a page, at most.
const LIMIT: u32 = 100;
/// Characters of a query that are looked at.
const QUERY_CHARS: usize = 500;
/// Threads about the patients that a filter's words fit, at most: the newest made.
const PATIENT_THREADS: u32 = 500;

/// A question with what it is kept to, as far as the directory says it.
struct Asked {
    query: String,
    thread: Option<ThreadId>,
    patient: Option<String>,
    narrow: Narrow,
    before: Option<u64>,
    limit: u32,
}

/// What the vault answers.
struct Found {
    page: HitPage,
    threads: Threads,
    indexing: bool,
}

impl Session {
    /// A page of hits. A query without letters and digits has those that the filter lets through, if the filter says more than a time.
    ///
    /// # Errors
    /// `locked`; `malformed` for a cursor that is none; `not_found` for a thread that is not there.
    pub async fn search(&self, request: SearchRequest) -> Result<SearchPage> {
        let call = self.enter()?;
        let core = call.core();
        let (people, me, classes) = (core.people(), core.account, core.classes());
        let asked = parse(request, &people)?;
        let found = core.vault.read(move |vault| find(vault, classes, asked));
        let Found { page, threads, indexing } = call.run(async { found.await.attempting("search") }).await?;
        let named: HashMap<i64, _> = threads
            .into_iter()
            .map(|(row, loaded)| {
                let view = loaded.view(&people, me).row;
                (row, (view.thread, thread_name(&view)))
            })
            .collect();
        let hits = page.hits.into_iter().filter_map(|hit| {
            let (thread, title) = named.get(&hit.message.thread_row)?.clone();
            Some(SearchHit {
                thread,
                entry: hit.message.entry,
                seq: hit.message.seq,
                title,
                author_name: people.name(&hit.message.author),
                priority: hit.message.priority,
                at: hit.message.at,
                snippet: hit.snippet,
                marks: hit.marks,
            })
        });
        Ok(SearchPage { hits: hits.collect(), next: page.next.map(|position| position.to_string()), indexing })
    }
}

/// A request in the vault's terms: a role is the accounts that have it.
fn parse(request: SearchRequest, people: &People) -> Result<Asked> {
    let before = request.before.as_deref().map(|text| text.parse().map_err(|_| malformed())).transpose()?;
    let cut = |text: &str| -> String { text.chars().take(QUERY_CHARS).collect() };
    let SearchFilter { from, role, patient, since, until, priority } = request.filter;
    let directory = &people.directory;
    let has = |account: &AccountId| role.is_none_or(|role| directory.role(account).is_some_and(|grant| grant.role == role));
    let authors = match (from, role) {
        (None, None) => None,
        (Some(account), _) => Some(Some(account).into_iter().filter(has).collect()),
        (None, Some(_)) => Some(directory.accounts().map(|(account, _)| *account).filter(has).collect()),
    };
    Ok(Asked {
        query: cut(&request.query),
        thread: request.thread,
        patient: patient.map(|words| cut(&words)).filter(|words| !words.trim().is_empty()),
        narrow: Narrow { threads: None, authors, priority, since, until },
        before,
        limit: request.limit.clamp(1, LIMIT),
    })
}

type Threads = HashMap<i64, crate::thread::Loaded>;

/// A page of hits with their threads. Of threads that are closed to the person there is none; a page of nothing else is passed over.
fn find(vault: &Connection, classes: Classes, asked: Asked) -> std::result::Result<Found, StoreError> {
    let Asked { query, thread, patient, mut narrow, mut before, limit } = asked;
    if let Some(words) = patient {
        narrow.threads = Some(search::find_patient_threads(vault, &words, PATIENT_THREADS)?);
    }
    if let Some(id) = thread {
        let row = load_permitted(vault, classes, id)?.row;
        let among = narrow.threads.as_ref().is_none_or(|rows| rows.contains(&row));
        narrow.threads = Some(if among { vec![row] } else { Vec::new() });
    }
    let indexing = search::is_rebuilding(vault)?;
    loop {
        let mut page = search::find_narrowed(vault, &query, &narrow, before, limit)?;
        let threads = load_threads(vault, classes, &page)?;
        page.hits.retain(|hit| threads.contains_key(&hit.message.thread_row));
        if !page.hits.is_empty() || page.next.is_none() {
            return Ok(Found { page, threads, indexing });
        }
        before = page.next;
    }
}

fn load_threads(vault: &Connection, classes: Classes, page: &HitPage) -> std::result::Result<Threads, StoreError> {
    let mut threads = Threads::new();
    for hit in &page.hits {
        let row = hit.message.thread_row;
        if let std::collections::hash_map::Entry::Vacant(place) = threads.entry(row) {
            match load_row(vault, classes, thread::id_of(vault, row)?) {
                Ok(loaded) => drop(place.insert(loaded)),
                Err(StoreError::NotFound(_)) => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(threads)
}

const fn malformed() -> ClientError {
    ClientError::new(ErrorCode::Malformed, "continue the search")
}
