//! What stands beside the messages of a page? Who they were for, and how far each has come with them, counted from the marks of the devices.

use std::collections::HashMap;

use sotto_protocol::entry::EntryKind;
use sotto_protocol::event::{Content, Event};
use sotto_protocol::receipt::Answer;
use sotto_protocol::{AccountId, EntryId, cbor, limits};
use sotto_store::table::message::{MessageKind, MessageRow};
use sotto_store::table::outbox::{OutboxRow, OutboxState};
use sotto_store::table::receipt::acknowledgement::{self, AcknowledgementRow};
use sotto_store::table::{epoch, receipt};
use sotto_store::{Connection, StoreError};

use crate::view::{AnswerCount, MessageReceipts, OwnAnswer};

/// What is known of the messages of a page.
#[derive(Default)]
pub(crate) struct Known {
    /// How far each person has come with any of their devices: stored, displayed.
    reached: HashMap<AccountId, (u64, u64)>,
    /// The epoch of each message.
    epochs: HashMap<u64, u64>,
    /// Who was in the thread in each epoch.
    members: HashMap<u64, Vec<AccountId>>,
    /// What each message offers.
    offered: HashMap<u64, Vec<Answer>>,
    /// Who acknowledged each.
    acknowledged: HashMap<EntryId, Vec<AcknowledgementRow>>,
    /// What waits to be acknowledged.
    waiting: HashMap<EntryId, Option<Answer>>,
}

impl Known {
    /// Reads it for these lines of a thread.
    pub fn load(vault: &Connection, row: i64, lines: &[MessageRow], waiting: &[OutboxRow]) -> Result<Self, StoreError> {
        let mut known = Self::default();
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return Ok(known) };
        for reached in receipt::of_thread(vault, row)? {
            let most = known.reached.entry(reached.account).or_default();
            *most = (most.0.max(reached.stored), most.1.max(reached.displayed));
        }
        known.epochs = receipt::epochs_of(vault, row, first.seq, last.seq)?.into_iter().collect();
        for number in known.epochs.values() {
            if !known.members.contains_key(number) {
                let members = epoch::load(vault, row, *number)?.map(|epoch| epoch.members).unwrap_or_default();
                known.members.insert(*number, members.into_iter().map(|(account, _)| account).collect());
            }
        }
        known.offered = acknowledgement::offered(vault, row, first.seq, last.seq)?;
        for line in lines.iter().filter(|line| line.kind == MessageKind::Message) {
            let found = acknowledgement::of_message(vault, row, line.entry)?;
            if !found.is_empty() {
                known.acknowledged.insert(line.entry, found);
            }
        }
        known.waiting = waiting.iter().filter_map(acknowledges).collect();
        Ok(known)
    }

    /// Of a message that is on no server yet.
    pub fn nobody(answers: Vec<Answer>) -> MessageReceipts {
        let answers = answers.into_iter().map(|answer| AnswerCount { answer, count: 0 }).collect();
        MessageReceipts { answers, ..MessageReceipts::default() }
    }

    /// Whom a message was for.
    pub fn recipients(&self, line: &MessageRow) -> impl Iterator<Item = &AccountId> {
        let members = self.epochs.get(&line.seq).and_then(|epoch| self.members.get(epoch));
        members.into_iter().flatten().filter(move |account| **account != line.author)
    }

    /// What a recipient acknowledged, with the answer only where it was offered: nobody puts other words there.
    pub fn acknowledgement(&self, line: &MessageRow, account: &AccountId) -> Option<(&AcknowledgementRow, Option<&Answer>)> {
        let row = self.acknowledged.get(&line.entry)?.iter().find(|row| row.account == *account)?;
        let offered = self.offered.get(&line.seq);
        Some((row, row.answer.as_ref().filter(|answer| offered.is_some_and(|offered| offered.contains(answer)))))
    }

    /// What stands beside a line.
    pub fn receipts(&self, line: &MessageRow, me: AccountId) -> MessageReceipts {
        let mut receipts = Self::nobody(self.offered.get(&line.seq).cloned().unwrap_or_default());
        for account in self.recipients(line) {
            let (stored, displayed) = self.reached.get(account).copied().unwrap_or_default();
            receipts.recipients += 1;
            receipts.stored += u32::from(stored >= line.seq);
            receipts.displayed += u32::from(displayed >= line.seq);
            let Some((_, answer)) = self.acknowledgement(line, account) else { continue };
            receipts.acknowledged += 1;
            if let Some(count) = receipts.answers.iter_mut().find(|count| Some(&count.answer) == answer) {
                count.count += 1;
            }
        }
        receipts.mine = self.own_answer(line, &me);
        receipts
    }

    /// What waits comes before what is in the log: it is newer.
    fn own_answer(&self, line: &MessageRow, me: &AccountId) -> Option<OwnAnswer> {
        if let Some(answer) = self.waiting.get(&line.entry) {
            return Some(OwnAnswer { answer: answer.clone(), on_server: false });
        }
        let (_, answer) = self.acknowledgement(line, me)?;
        Some(OwnAnswer { answer: answer.cloned(), on_server: true })
    }
}

/// What an entry of the outbox acknowledges; one that failed acknowledges nothing.
fn acknowledges(row: &OutboxRow) -> Option<(EntryId, Option<Answer>)> {
    if row.kind != EntryKind::Event || matches!(row.state, OutboxState::Failed(_)) {
        return None;
    }
    match cbor::parse::<Content>(&row.content, limits::BODY_BYTES).ok()?.event {
        Event::Acknowledged(said) => Some((said.message, said.answer)),
        Event::Message(_) | Event::Described(_) | Event::File(_) | Event::Exported(_) | Event::Read(_) | Event::Receipt(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use sotto_protocol::event::Priority;

    use super::*;

    const fn account(number: u8) -> AccountId {
        AccountId::from_bytes([number; 16])
    }

    fn line() -> MessageRow {
        MessageRow {
            thread_row: 1,
            seq: 7,
            position: 7,
            entry: EntryId::from_bytes([7; 16]),
            author: account(1),
            at: 1,
            kind: MessageKind::Message,
            priority: Priority::Fyi,
            text: "May I?".into(),
            mine: true,
        }
    }

    /// A message of the first person to the second and the third, of which the second has `reached`, and everybody up to the fourth answers.
    fn known(reached: (u64, u64), answer: Option<Answer>) -> Known {
        let row = |number| AcknowledgementRow { message: line().entry, account: account(number), answer: answer.clone(), at: 9, seq: 9 };
        Known {
            reached: HashMap::from([(account(1), (9, 9)), (account(2), reached), (account(4), (9, 9))]),
            epochs: HashMap::from([(7, 1)]),
            members: HashMap::from([(1, vec![account(1), account(2), account(3)])]),
            offered: HashMap::from([(7, vec![Answer::Agree])]),
            acknowledged: HashMap::from([(line().entry, (1..=4).map(row).collect())]),
            waiting: HashMap::new(),
        }
    }

    #[test]
    fn only_those_count_whom_the_message_was_for() {
        let counts = |reached| {
            let receipts = known(reached, None).receipts(&line(), account(1));
            [receipts.recipients, receipts.stored, receipts.displayed, receipts.acknowledged]
        };
        assert_eq!(counts((6, 6)), [2, 0, 0, 2], "a mark before it says nothing of it");
        assert_eq!(counts((7, 6)), [2, 1, 0, 2]);
        assert_eq!(counts((8, 7)), [2, 1, 1, 2]);
    }

    #[test]
    fn an_answer_that_was_not_offered_is_none() {
        let given = |answer| known((7, 7), answer).receipts(&line(), account(2));
        assert_eq!(given(Some(Answer::Agree)).answers, [AnswerCount { answer: Answer::Agree, count: 2 }]);
        let other = given(Some(Answer::Text("give 10 mg".into())));
        assert_eq!((other.acknowledged, other.answers[0].count), (2, 0));
        assert_eq!(other.mine, Some(OwnAnswer { answer: None, on_server: true }), "taken note of, without those words");
    }
}
