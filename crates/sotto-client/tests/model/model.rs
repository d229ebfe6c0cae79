//! What must a thread come to? Plain maps of what people did, and the few rules of unread and receipts over the log as it turned out.

use std::collections::{BTreeMap, BTreeSet};

use sotto_client::view::{Answer, MessageView, Reader};
use sotto_protocol::{AccountId, EntryId};

use super::order::Deed;
use super::seen::{Counts, Fold, Said};

pub struct Model {
    /// Whose each machine is.
    people: Vec<AccountId>,
    /// Who came in later, if somebody did.
    late: Option<AccountId>,
    /// What was written at each machine, in that order.
    sent: Vec<Vec<String>>,
    /// What each text offers as answers.
    offered: BTreeMap<String, Vec<Answer>>,
    /// How far each person had it on a screen, wherever they sat.
    displayed: BTreeMap<AccountId, u64>,
    /// What was answered last at each machine to each message.
    answered: BTreeMap<(usize, EntryId), Option<Answer>>,
    /// What the thread was called, ever.
    titles: BTreeSet<String>,
}

impl Model {
    pub fn new(people: Vec<AccountId>, late: Option<AccountId>, title: String) -> Self {
        let (sent, titles) = (vec![Vec::new(); people.len()], BTreeSet::from([title]));
        Self { people, late, sent, offered: BTreeMap::new(), displayed: BTreeMap::new(), answered: BTreeMap::new(), titles }
    }

    /// Somebody did this at that machine, or began it there and goes on with it as soon as that is back.
    pub fn note(&mut self, machine: usize, deed: &Deed) {
        match deed {
            Deed::Send { texts, answers, .. } => {
                self.sent[machine].extend(texts.iter().cloned());
                self.offered.extend(texts.iter().map(|text| (text.clone(), answers.clone())));
            }
            Deed::Display { to, jumps: false, .. } => {
                let most = self.displayed.entry(self.people[machine]).or_default();
                *most = (*most).max(*to);
            }
            Deed::Acknowledge { message, answer } => {
                self.answered.insert((machine, *message), answer.clone());
            }
            Deed::Describe { title } => {
                self.titles.insert(title.clone());
            }
            Deed::Display { jumps: true, .. } | Deed::Unread { .. } | Deed::TakeIn { .. } => {}
        }
    }

    /// How many messages there are in the end.
    pub fn messages(&self) -> usize {
        self.sent.iter().map(Vec::len).sum()
    }

    /// How many messages of others nobody of that name had on a screen. What came before somebody did counts as read.
    pub fn unread(&self, fold: &Fold, account: AccountId) -> u32 {
        let displayed = self.displayed.get(&account).copied().unwrap_or_default();
        let from = if self.late == Some(account) { displayed.max(fold.joined().unwrap_or_default()) } else { displayed };
        u32::try_from(fold.messages().filter(|said| said.author != account && said.seq > from).count()).unwrap()
    }

    /// What is known of each message when everybody has everything: for how many it was, who stored, displayed, acknowledged it.
    pub fn counts(&self, fold: &Fold) -> Vec<(EntryId, Counts)> {
        let count = |said: &Said<'_>| {
            let all = self.recipients(fold, said);
            let number = |count: usize| u32::try_from(count).unwrap();
            let displayed = all.iter().filter(|account| self.has_displayed(said, account)).count();
            let answered = all.iter().filter(|account| self.has_answered(said, account)).count();
            // Everybody has everything by then, so nobody is left who has not stored it.
            [number(all.len()), number(all.len()), number(displayed), number(answered)]
        };
        fold.messages().map(|said| (said.entry, count(&said))).collect()
    }

    /// The others who were in the thread at that place of the log.
    fn recipients(&self, fold: &Fold, said: &Said<'_>) -> BTreeSet<AccountId> {
        let was_in = |account: &AccountId| self.late != Some(*account) || fold.joined().is_some_and(|joined| joined < said.seq);
        self.people.iter().copied().filter(|account| *account != said.author && was_in(account)).collect()
    }

    fn has_displayed(&self, said: &Said<'_>, account: &AccountId) -> bool {
        self.displayed.get(account).is_some_and(|to| *to >= said.seq)
    }

    fn has_answered(&self, said: &Said<'_>, account: &AccountId) -> bool {
        !self.answers(said, account).is_empty()
    }

    /// What a person answered last, at each of their machines: which of these came last into the log, nobody but the log can tell.
    fn answers(&self, said: &Said<'_>, account: &AccountId) -> Vec<&Option<Answer>> {
        let machines = (0..self.people.len()).filter(|machine| self.people[*machine] == *account);
        machines.filter_map(|machine| self.answered.get(&(machine, said.entry))).collect()
    }

    /// Nothing lost, nothing doubled, nothing that nobody wrote, and everything of a machine in the order in which it was written there.
    pub fn check_log(&self, fold: &Fold) {
        let tombstones = fold.lines.iter().filter(|line| matches!(line, MessageView::Tombstone { .. })).count();
        assert_eq!(tombstones, 0, "every entry can be read");
        let seqs: Vec<u64> = fold.messages().map(|said| said.seq).collect();
        assert!(seqs.is_sorted_by(|one, next| one < next), "the log has one order: {seqs:?}");
        for (machine, sent) in self.sent.iter().enumerate() {
            let written: BTreeSet<&str> = sent.iter().map(String::as_str).collect();
            let found: Vec<&str> = fold.messages().filter(|said| written.contains(said.text)).map(|said| said.text).collect();
            assert_eq!(found, *sent, "lost, doubled or out of order, from machine {machine}");
            let theirs = fold.messages().filter(|said| written.contains(said.text)).all(|said| said.author == self.people[machine]);
            assert!(theirs, "machine {machine} writes in its person's name");
        }
        assert_eq!(fold.messages().count(), self.messages(), "nobody wrote anything else");
        assert!(fold.title.as_ref().is_some_and(|title| self.titles.contains(title)), "{:?} was never said", fold.title);
        let everybody: BTreeSet<AccountId> = self.people.iter().copied().collect();
        assert!(fold.members.iter().eq(everybody.iter()), "all of them are in it");
    }

    /// Who has read each message, person by person, and what each of them answered.
    pub fn check_readers(&self, fold: &Fold) {
        assert!(fold.messages().map(|said| said.entry).eq(fold.readers.iter().map(|(entry, _)| *entry)), "readers of each message");
        for (said, (_, readers)) in fold.messages().zip(&fold.readers) {
            let found: BTreeSet<AccountId> = readers.iter().map(|reader| reader.account).collect();
            assert_eq!(found.len(), readers.len(), "each person once");
            assert_eq!(found, self.recipients(fold, &said), "whom {} was for", said.text);
            for reader in readers {
                self.check_reader(&said, reader);
            }
            let offered: Vec<Answer> = said.receipts.answers.iter().map(|one| one.answer.clone()).collect();
            assert_eq!(offered, self.offered[said.text], "what {} offers", said.text);
            for one in &said.receipts.answers {
                let given = readers.iter().filter(|reader| reader.answer.as_ref() == Some(&one.answer)).count();
                assert_eq!(usize::try_from(one.count).unwrap(), given, "how many answered {} so: {:?}", said.text, one.answer);
            }
        }
    }

    fn check_reader(&self, said: &Said<'_>, reader: &Reader) {
        let (name, text) = (&reader.name, said.text);
        assert!(reader.devices.iter().any(|device| device.stored_at.is_some()), "{name} has stored {text}");
        let displayed = reader.devices.iter().any(|device| device.displayed_at.is_some());
        assert_eq!(displayed, self.has_displayed(said, &reader.account), "whether {name} had {text} on a screen");
        let answers = self.answers(said, &reader.account);
        assert_eq!(reader.acknowledged_at.is_some(), !answers.is_empty(), "whether {name} acknowledged {text}");
        assert!(answers.is_empty() || answers.contains(&&reader.answer), "what {name} answered {text}: {:?} of {answers:?}", reader.answer);
    }
}
