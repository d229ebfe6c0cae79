//! Were others shown another directory than this vault? Every event says which one its author had verified; here they are compared.

use std::collections::HashSet;
use std::sync::Arc;

use sotto_protocol::directory::{Directory, DirectoryHead};

use super::directory;
use super::verify::{Judged, Verdict};
use crate::error::Result;
use crate::session::Core;
use crate::view::DirectoryWarning;

/// The directories that these entries' authors had verified.
pub(super) fn heads<'a>(judged: impl Iterator<Item = &'a Judged>) -> HashSet<DirectoryHead> {
    let head = |judged: &Judged| if let Verdict::Event(content) = &judged.verdict { Some(content.directory) } else { None };
    judged.filter_map(head).collect()
}

/// Compares them with ours, after asking the server for what others have and we lack. Warns the person where it does not fit.
///
/// # Errors
/// Those of the vault. A server that cannot be asked is compared again with the next message.
pub(super) async fn compare(core: &Arc<Core>, heads: HashSet<DirectoryHead>) -> Result<()> {
    let ours = core.people().directory.head();
    if heads.iter().any(|head| head.0 > ours.0)
        && let Err(error) = directory::refresh(core).await
    {
        tracing::info!(%error, "the directory that a colleague has is not here");
        return Ok(());
    }
    let people = core.people();
    match heads.iter().filter_map(|head| differs(&people.directory, head)).max() {
        Some(warning) => core.warn_of_directory(warning).await,
        None => Ok(()),
    }
}

fn differs(ours: &Directory, theirs: &DirectoryHead) -> Option<DirectoryWarning> {
    match ours.head_at(theirs.0) {
        None => Some(DirectoryWarning::Withheld),
        Some(head) if head != *theirs => Some(DirectoryWarning::Forked),
        Some(_) => None,
    }
}
