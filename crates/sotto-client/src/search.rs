//! Which messages have all the words? The newest first, with the thread's name as the list shows it.

use std::collections::HashMap;

use sotto_protocol::ErrorCode;
use sotto_protocol::role::Classes;
use sotto_store::table::search::{self, HitPage};
use sotto_store::table::thread;
use sotto_store::{Connection, StoreError};

use crate::error::{Attempt as _, ClientError, Result};
use crate::session::Session;
use crate::thread::{load_permitted, load_row, thread_name};
use crate::view::{SearchHit, SearchPage, SearchRequest};

/// Hits of a page, at most.
const LIMIT: u32 = 100;
/// Characters of a query that are looked at.
const QUERY_CHARS: usize = 500;

impl Session {
    /// A page of hits. A query without letters and digits has none.
    ///
    /// # Errors
    /// `locked`; `malformed` for a cursor that is none; `not_found` for a thread that is not there.
    pub async fn search(&self, request: SearchRequest) -> Result<SearchPage> {
        let call = self.enter()?;
        let core = call.core();
        let before = request.before.as_deref().map(|text| text.parse().map_err(|_| malformed())).transpose()?;
        let query: String = request.query.chars().take(QUERY_CHARS).collect();
        let (limit, within) = (request.limit.clamp(1, LIMIT), request.thread);
        let (people, me) = (core.people(), core.account);
        let classes = core.classes();
        let found = core.vault.read(move |vault| {
            let row = within.map(|id| load_permitted(vault, classes, id).map(|thread| thread.row)).transpose()?;
            find(vault, classes, &query, row, before, limit)
        });
        let (page, threads) = call.run(async { found.await.attempting("search") }).await?;
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
                at: hit.message.at,
                snippet: hit.snippet,
                marks: hit.marks,
            })
        });
        Ok(SearchPage { hits: hits.collect(), next: page.next.map(|position| position.to_string()) })
    }
}

type Threads = HashMap<i64, crate::thread::Loaded>;

/// A page of hits with their threads. Of threads that are closed to the person there is none; a page of nothing else is passed over.
fn find(
    vault: &Connection,
    classes: Classes,
    query: &str,
    row: Option<i64>,
    mut before: Option<u64>,
    limit: u32,
) -> std::result::Result<(HitPage, Threads), StoreError> {
    loop {
        let mut page = search::find_messages(vault, query, row, before, limit)?;
        let threads = load_threads(vault, classes, &page)?;
        page.hits.retain(|hit| threads.contains_key(&hit.message.thread_row));
        if !page.hits.is_empty() || page.next.is_none() {
            return Ok((page, threads));
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
