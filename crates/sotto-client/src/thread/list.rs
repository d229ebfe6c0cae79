//! Which threads does the list show? A page of one filter, newest first; what it costs depends on the page and not on the vault.

use std::collections::HashMap;

use sotto_protocol::{AccountId, ErrorCode};
use sotto_store::table::member::{self, MemberRow};
use sotto_store::table::thread::{self, Counts, Filter, ListKey, ListRow};
use sotto_store::{Connection, StoreError};

use super::{COMPARED, count, view_patient, view_row};
use crate::error::{Attempt as _, ClientError, Result};
use crate::session::{People, Session};
use crate::view::{PatientView, ThreadCounts, ThreadFilter, ThreadListRequest, ThreadPage};

/// Rows of a page, at most.
const LIMIT: u32 = 200;

struct Found {
    rows: Vec<ListRow>,
    members: HashMap<i64, Vec<MemberRow>>,
    counts: Counts,
    patients: Vec<PatientView>,
}

impl Session {
    /// A page of the list.
    ///
    /// # Errors
    /// `locked`; `malformed` for a cursor that is none.
    pub async fn threads(&self, request: ThreadListRequest) -> Result<ThreadPage> {
        let call = self.enter()?;
        let core = call.core();
        let after = request.after.as_deref().map(|text| ListKey::parse(text).ok_or(malformed())).transpose()?;
        let (filter, limit) = (filter_of(request.filter), request.limit.clamp(1, LIMIT));
        let found =
            call.run(async { core.vault.read(move |vault| find(vault, filter, after, limit)).await.attempting("list threads") }).await?;
        Ok(page(found, &core.people(), core.account, limit))
    }
}

fn find(vault: &Connection, filter: Filter, after: Option<ListKey>, limit: u32) -> std::result::Result<Found, StoreError> {
    let rows = thread::list(vault, filter, after, limit)?;
    let members = member::of_threads(vault, &rows.iter().map(|row| row.thread.row).collect::<Vec<_>>())?;
    let compare = rows.iter().any(|row| row.thread.patient.is_some());
    let patients = if compare { load_patients(vault)? } else { Vec::new() };
    Ok(Found { rows, members, counts: thread::count(vault)?, patients })
}

/// The patients of the newest threads.
pub(super) fn load_patients(vault: &Connection) -> std::result::Result<Vec<PatientView>, StoreError> {
    let rows = thread::list(vault, Filter::Patients, None, COMPARED)?;
    Ok(rows.iter().filter_map(|row| row.thread.patient.as_ref().map(view_patient)).collect())
}

fn page(found: Found, people: &People, me: AccountId, limit: u32) -> ThreadPage {
    let next = found.rows.last().filter(|_| found.rows.len() == limit as usize).map(|row| row.key().encode());
    let row = |row: ListRow| {
        let members = found.members.get(&row.thread.row).map_or(&[][..], Vec::as_slice);
        view_row(row, members, people, me, &found.patients)
    };
    let Counts { mine, unread, patients, team } = found.counts;
    let counts = ThreadCounts { mine: count(mine), unread: count(unread), patients: count(patients), team: count(team) };
    let classes = people.directory.classes_of(&me);
    let rows = found.rows.into_iter().filter(|row| classes.contains(row.thread.class));
    ThreadPage { rows: rows.map(row).collect(), next, counts }
}

const fn filter_of(filter: ThreadFilter) -> Filter {
    match filter {
        ThreadFilter::Mine => Filter::Mine,
        ThreadFilter::Unread => Filter::Unread,
        ThreadFilter::Patients => Filter::Patients,
        ThreadFilter::Team => Filter::Team,
    }
}

const fn malformed() -> ClientError {
    ClientError::new(ErrorCode::Malformed, "continue the list")
}
