//! How does a history end? Everybody comes back, everything is sent, and what the five show is compared: with each other, and with the model.

use futures_util::future::join_all;

use super::history::History;
use super::order::{Awaited, Deed};
use super::play::{Play, Tally};
use super::seen::Seen;
use super::ward::MACHINES;

impl Play<'_> {
    /// Ends it; gives what happened.
    pub async fn settle(mut self, history: &History) -> Tally {
        self.tell("everybody comes back".into());
        join_all(self.ward.machines.iter_mut().map(|machine| machine.bring_back())).await;
        if let Some(account) = self.late {
            let thread = self.thread;
            self.machine(history.begun_at).act(thread, Deed::TakeIn { account }).await;
        }
        self.all(&Awaited::Sent, "something waits to be sent").await;
        let messages = Awaited::Messages { thread: self.thread, count: self.model.messages() };
        self.all(&messages, "some messages are missing, or too many").await;
        self.tell("everything is sent".into());
        self.check_counts().await;
        let seen = self.look_at_one_place().await;
        for (machine, one) in self.ward.machines.iter().zip(&seen) {
            assert_eq!(one.fold, seen[0].fold, "{} and {} show two threads", machine.name, self.ward.machines[0].name);
            assert_eq!((one.queued, one.failed), (0, 0), "{} has something left", machine.name);
        }
        assert!(seen[0].fold.warnings.is_empty(), "nobody saw a lie: {:?}", seen[0].fold.warnings);
        self.model.check_log(&seen[0].fold);
        self.model.check_readers(&seen[0].fold);
        self.mark_unread(history, &seen[history.unread_at]).await;
        self.tally.messages += u64::try_from(self.model.messages()).unwrap();
        self.tally
    }

    /// Waits for it at every machine.
    async fn all(&mut self, awaited: &Awaited, otherwise: &str) {
        let thread = self.thread;
        let waited = self.ward.machines.iter_mut().map(|machine| async move {
            if !machine.wait(awaited.clone()).await {
                let seen = machine.look(thread, false).await;
                panic!("{}: {otherwise}: {seen:#?}", machine.name);
            }
        });
        join_all(waited).await;
    }

    /// Unread and receipts are what the model says, at every machine; of a person's two machines, the same.
    async fn check_counts(&mut self) {
        let thread = self.thread;
        let log = self.machine(0).look(thread, false).await.expect("the thread is there").fold;
        let (model, counts) = (&self.model, self.model.counts(&log));
        let checked = self.ward.machines.iter_mut().map(|machine| {
            let (unread, counts) = (model.unread(&log, machine.account), counts.clone());
            async move {
                if !machine.wait(Awaited::Counts { thread, unread, counts: counts.clone() }).await {
                    let seen = machine.look(thread, true).await.expect("the thread is there");
                    assert_eq!((seen.unread, seen.fold.counts()), (unread, counts), "{}: {:#?}", machine.name, seen.fold);
                }
            }
        });
        join_all(checked).await;
    }

    /// What each shows when all have come equally far: receipts may still come, and the fold is of the log up to a place.
    async fn look_at_one_place(&mut self) -> Vec<Seen> {
        let thread = self.thread;
        loop {
            let looked = self.ward.machines.iter_mut().map(|machine| machine.look(thread, true));
            let seen: Vec<Seen> = join_all(looked).await.into_iter().map(|seen| seen.expect("the thread is there")).collect();
            let seq = seen.iter().map(|one| one.fold.last_seq).max().unwrap();
            // Whoever came in later asks for what was before.
            let lines = seen.iter().map(|one| one.fold.lines.len()).max().unwrap();
            if seen.iter().all(|one| one.fold.last_seq == seq && one.fold.lines.len() == lines) {
                return seen;
            }
            self.all(&Awaited::Log { thread, seq, lines }, "the log is not whole").await;
        }
    }

    /// Unread from here, at one machine: exactly what comes after it, whatever their other machine says later of what was read before.
    async fn mark_unread(&mut self, history: &History, seen: &Seen) {
        let (thread, at) = (self.thread, history.unread_at);
        let me = self.machine(at).account;
        let mut theirs: Vec<u64> = seen.fold.messages().filter(|said| said.author != me).map(|said| said.seq).collect();
        let Some(place) = history.unread_from.checked_rem(theirs.len()) else { return };
        self.machine(at).act(thread, Deed::Unread { after: theirs[place] - 1 }).await;
        let after = self.machine(at).look(thread, false).await.expect("the thread is there");
        assert_eq!(after.unread_of(me), theirs[place..], "unread from here on");
        theirs.push(self.say_once_more(at).await);
        let later = self.machine(at).look(thread, false).await.expect("the thread is there");
        assert_eq!(later.unread_of(me), theirs[place..], "and what came since");
        assert_eq!(usize::try_from(later.unread).unwrap(), theirs.len() - place, "as many as there are");
    }

    /// Somebody else writes, and every machine of the others says that it has it. Gives its seq.
    async fn say_once_more(&mut self, at: usize) -> u64 {
        let (thread, writer) = (self.thread, (at + 2) % MACHINES);
        let author = self.machine(writer).account;
        let deed = self.send_one(writer);
        self.machine(writer).act(thread, deed).await;
        let everything = Awaited::Messages { thread, count: self.model.messages() };
        self.all(&everything, "the last message is missing").await;
        let devices = self.ward.machines.iter().filter(|machine| machine.account != author).count();
        self.all(&Awaited::Stored { thread, devices }, "not every machine says that it has the last message").await;
        let seen = self.machine(at).look(thread, false).await.expect("the thread is there");
        seen.fold.messages().last().expect("it has messages").seq
    }
}
