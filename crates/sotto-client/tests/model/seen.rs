//! What does a client show of a thread? The fold, which is everybody's, and beside it what is the person's own.

use serde::{Deserialize, Serialize};
use sotto_client::view::{Change, MessagePageRequest, MessageReceipts, MessageState, MessageView, Reader, ThreadWarning};
use sotto_client::{Result, Session};
use sotto_protocol::{AccountId, EntryId, ThreadId};

/// Lines of a page, at most: no history has more.
const PAGE: u32 = 200;

/// For how many a message was, and how many stored, displayed and acknowledged it.
pub type Counts = [u32; 4];

/// What is the same for everybody who has come as far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fold {
    pub last_seq: u64,
    pub epoch: u64,
    pub title: Option<String>,
    pub preview: String,
    pub members: Vec<AccountId>,
    pub warnings: Vec<ThreadWarning>,
    /// Without what a line says to one person only.
    pub lines: Vec<MessageView>,
    /// Who has read each message; empty unless that was asked for.
    pub readers: Vec<(EntryId, Vec<Reader>)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    pub fold: Fold,
    pub read_seq: u64,
    pub unread: u32,
    pub queued: u32,
    pub failed: u32,
}

/// A message of the log.
pub struct Said<'a> {
    pub seq: u64,
    pub entry: EntryId,
    pub author: AccountId,
    pub text: &'a str,
    pub receipts: &'a MessageReceipts,
}

impl Fold {
    pub fn messages(&self) -> impl Iterator<Item = Said<'_>> {
        self.lines.iter().filter_map(|line| match line {
            MessageView::Message { seq: Some(seq), entry, author, text, receipts, .. } => {
                Some(Said { seq: *seq, entry: *entry, author: *author, text, receipts })
            }
            _ => None,
        })
    }

    pub fn counts(&self) -> Vec<(EntryId, Counts)> {
        let of = |one: &MessageReceipts| [one.recipients, one.stored, one.displayed, one.acknowledged];
        self.messages().map(|said| (said.entry, of(said.receipts))).collect()
    }

    /// Where somebody came in who was not there from the beginning.
    pub fn joined(&self) -> Option<u64> {
        self.lines.iter().find_map(|line| match line {
            MessageView::Change { seq, change: Change::Members, .. } => Some(*seq),
            _ => None,
        })
    }
}

impl Seen {
    /// The messages of others that are unread here.
    pub fn unread_of(&self, me: AccountId) -> Vec<u64> {
        self.fold.messages().filter(|said| said.author != me && said.seq > self.read_seq).map(|said| said.seq).collect()
    }
}

/// Reads a thread as it is at one moment: once more where something came in between.
pub async fn look(session: &Session, thread: ThreadId, readers: bool) -> Result<Seen> {
    loop {
        let before = session.thread(thread).await?;
        let page = session.messages(MessagePageRequest { thread, before: None, after: None, limit: PAGE }).await?;
        let mut fold = Fold {
            last_seq: before.last_seq,
            epoch: before.epoch,
            title: before.row.title.clone(),
            preview: before.row.preview.clone(),
            members: before.members.iter().map(|member| member.account).collect(),
            warnings: before.warnings.clone(),
            lines: page.messages.into_iter().filter_map(impersonal).collect(),
            readers: Vec::new(),
        };
        fold.members.sort_unstable();
        let entries: Vec<EntryId> = fold.messages().filter(|_| readers).map(|said| said.entry).collect();
        for entry in entries {
            fold.readers.push((entry, session.readers(thread, entry).await?));
        }
        if session.thread(thread).await? == before {
            let row = before.row;
            return Ok(Seen { fold, read_seq: before.read_seq, unread: row.unread, queued: row.queued, failed: row.failed });
        }
    }
}

/// A line of the log without what it says to its reader only; what waits here is in no log.
fn impersonal(line: MessageView) -> Option<MessageView> {
    match line {
        MessageView::Message { seq: None, .. } => None,
        mut line => {
            if let MessageView::Message { mine, state, receipts, .. } = &mut line {
                (*mine, *state, receipts.mine) = (false, MessageState::Received, None);
            }
            Some(line)
        }
    }
}
