//! How does a step of a history happen? What it chooses is looked up at its machine, done there, and noted in the model.

use std::ops::AddAssign;
use std::time::Duration;

use futures_util::future::join_all;
use sotto_client::view::{Answer, Priority};
use sotto_protocol::{AccountId, ThreadId};

use super::history::{Act, History, Step};
use super::machine::Machine;
use super::model::Model;
use super::order::{Awaited, Deed, Order, Reply};
use super::seen::Seen;
use super::ward::{FIRST, Ward};

/// What happened, so that a test in which nothing did is seen.
#[derive(Default)]
pub struct Tally {
    pub deeds: u64,
    pub messages: u64,
    pub kills: u64,
    pub cuts: u64,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.deeds += other.deeds;
        self.messages += other.messages;
        self.kills += other.kills;
        self.cuts += other.cuts;
    }
}

/// What was done so far; told when it ends in a panic.
struct Told {
    seed: u64,
    steps: Vec<String>,
}

impl Drop for Told {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("model: SOTTO_MODEL_SEED={} replays this history:\n  {}", self.seed, self.steps.join("\n  "));
        }
    }
}

/// A history that is being played.
pub struct Play<'a> {
    pub ward: &'a mut Ward,
    pub model: Model,
    pub thread: ThreadId,
    /// Who is to be taken in later.
    pub late: Option<AccountId>,
    pub tally: Tally,
    told: Told,
    /// Makes every text and title of the ward another one.
    named: u64,
}

impl<'a> Play<'a> {
    /// Begins the thread.
    pub async fn begin(ward: &'a mut Ward, seed: u64, history: &History) -> Self {
        let mut told = Told { seed, steps: Vec::new() };
        let people: Vec<AccountId> = ward.machines.iter().map(|machine| machine.account).collect();
        let late = history.late.then(|| people[FIRST]);
        let members = people.iter().copied().filter(|account| late != Some(*account)).collect();
        let machine = &mut ward.machines[history.begun_at];
        told.steps.push(format!("begun at {}, cut off: {}, late: {}", machine.name, history.begun_cut_off, history.late));
        if history.begun_cut_off {
            machine.cut();
        }
        let title = format!("{seed} from the beginning");
        let Reply::Created(thread) = machine.ask(Order::Create { members, title: title.clone() }).await else { panic!("not begun") };
        if !history.begun_cut_off {
            let members = ward.machines.iter_mut().filter(|machine| late != Some(machine.account));
            let heard = join_all(members.map(|machine| machine.wait(Awaited::Log { thread, seq: 1, lines: 0 }))).await;
            assert!(heard.iter().all(|heard| *heard), "the thread does not come");
        }
        let (model, tally) = (Model::new(people, late, title), Tally::default());
        Self { ward, model, thread, late, tally, told, named: 0 }
    }

    pub fn machine(&mut self, at: usize) -> &mut Machine {
        &mut self.ward.machines[at]
    }

    /// Takes down what came of a step.
    pub fn tell(&mut self, what: String) {
        self.told.steps.push(what);
    }

    pub async fn step(&mut self, step: &Step) {
        self.tell(format!("{step:?}"));
        match step {
            Step::Do { at, act } => {
                if let Some(deed) = self.find(*at, act).await {
                    let thread = self.thread;
                    self.machine(*at).act(thread, deed).await;
                }
            }
            Step::Cut { at } => self.tally.cuts += u64::from(self.machine(*at).cut()),
            Step::Mend { at } => self.machine(*at).mend().await,
            Step::Clock { at, skew_ms } => self.machine(*at).set_clock(*skew_ms).await,
            Step::Kill { at, during, after_us } => {
                if self.machine(*at).is_running() {
                    self.kill(*at, during.as_ref(), Duration::from_micros(*after_us)).await;
                }
            }
            Step::Reopen { at } => self.machine(*at).start().await,
            Step::Hear { at } => self.hear(*at).await,
        }
    }

    /// Waits until it has what is known at the machines that are in touch; at one that is not, or that is not in the thread, nothing comes.
    async fn hear(&mut self, at: usize) {
        let thread = self.thread;
        if !self.machine(at).is_in_touch() || self.machine(at).look(thread, false).await.is_none() {
            return;
        }
        let in_touch = self.ward.machines.iter_mut().filter(|machine| machine.is_in_touch());
        let looked = join_all(in_touch.map(|machine| machine.look(thread, false))).await;
        let seq = looked.into_iter().flatten().map(|seen| seen.fold.last_seq).max().unwrap_or_default();
        assert!(self.machine(at).wait(Awaited::Log { thread, seq, lines: 0 }).await, "the newest does not come");
    }

    async fn kill(&mut self, at: usize, during: Option<&Act>, after: Duration) {
        let deed = match during {
            Some(act) => self.find(at, act).await,
            None => None,
        };
        let during = deed.map(|deed| (self.thread, deed));
        self.machine(at).kill(during, after).await;
        self.tally.kills += 1;
    }

    /// What is to be done, noted in the model; nothing where there is nothing to do it with, or nobody who runs.
    async fn find(&mut self, at: usize, act: &Act) -> Option<Deed> {
        let thread = self.thread;
        if !self.machine(at).is_running() {
            return None;
        }
        let seen = self.machine(at).look(thread, false).await?;
        let deed = self.choose(at, act, &seen)?;
        self.tell(format!("  {}: {deed:?}", self.ward.machines[at].name));
        self.model.note(at, &deed);
        self.tally.deeds += 1;
        Some(deed)
    }

    fn choose(&mut self, at: usize, act: &Act, seen: &Seen) -> Option<Deed> {
        let me = self.machine(at).account;
        let unread = seen.unread_of(me);
        match act {
            Act::Send { lines, priority, asks } => {
                let texts = (0..*lines).map(|_| self.name(at)).collect();
                let answers = if *asks { vec![Answer::Agree, Answer::NeedToTalk, Answer::Text("In 5 min".into())] } else { Vec::new() };
                Some(Deed::Send { texts, priority: *priority, answers })
            }
            Act::Read { part } => {
                let place = (unread.len() * part).div_ceil(100).checked_sub(1)?;
                Some(Deed::Display { from: unread[0], to: unread[place], jumps: false })
            }
            // Who works at two machines may have read at the other one what is unread here, as soon as that is known here.
            Act::Jump if unread.len() >= 2 && !self.works_elsewhere(at) => {
                let last = unread[unread.len() - 1];
                Some(Deed::Display { from: last, to: last, jumps: true })
            }
            Act::Acknowledge { which, answer } => {
                let theirs: Vec<_> = seen.fold.messages().filter(|said| said.author != me).collect();
                let said = theirs.get(which.checked_rem(theirs.len())?)?;
                let offered = &said.receipts.answers;
                // One more than is offered: taking note of it without a word.
                let answer = offered.get(answer % (offered.len() + 1)).map(|one| one.answer.clone());
                Some(Deed::Acknowledge { message: said.entry, answer })
            }
            Act::Describe => Some(Deed::Describe { title: self.name(at) }),
            Act::TakeIn => self.late.filter(|late| *late != me).map(|account| Deed::TakeIn { account }),
            Act::Jump => None,
        }
    }

    /// One more message of that machine, noted in the model.
    pub fn send_one(&mut self, at: usize) -> Deed {
        let deed = Deed::Send { texts: vec![self.name(at)], priority: Priority::Fyi, answers: Vec::new() };
        self.model.note(at, &deed);
        deed
    }

    fn works_elsewhere(&self, at: usize) -> bool {
        let me = self.ward.machines[at].account;
        self.ward.machines.iter().filter(|machine| machine.account == me).count() > 1
    }

    /// Words that nobody wrote before.
    fn name(&mut self, at: usize) -> String {
        self.named += 1;
        format!("{} {} {}", self.told.seed, self.ward.machines[at].name, self.named)
    }
}
