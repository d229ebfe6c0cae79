//! Which threads may the person know of? Those whose class their role opens now; any other is as if it were not there.

use sotto_protocol::ThreadId;
use sotto_protocol::role::Classes;
use sotto_store::table::thread::{self, ThreadRow};
use sotto_store::{Connection, StoreError};

/// Loads a thread.
///
/// # Errors
/// [`StoreError::NotFound`], also where the class is closed to the person; those of reading.
pub(crate) fn load_permitted(vault: &Connection, classes: Classes, id: ThreadId) -> Result<ThreadRow, StoreError> {
    let thread = thread::load_required(vault, id)?;
    if classes.contains(thread.class) { Ok(thread) } else { Err(StoreError::NotFound("thread")) }
}
