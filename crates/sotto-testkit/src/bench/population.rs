//! Who loads the server: an organisation of light accounts with real keys, real statements and real sealed entries.

use anyhow::{Context as _, Result};
use serde_bytes::ByteBuf;
use sotto_client::clock::{Clock as _, SystemClock};
use sotto_client::transport::{DeviceSigner, ProveRequest, WorkstationSigner};
use sotto_crypto::event::{EventSeal, seal_event};
use sotto_crypto::key_entry::{KeyEntryMake, make_key_entry};
use sotto_crypto::random::make_bytes;
use sotto_crypto::{OsRandom, SealingPair, SigningKey, ThreadKey, statement};
use sotto_protocol::api::{Base64, EnrolRequest, FoundRequest, StatementRequest};
use sotto_protocol::directory::DirectoryHead;
use sotto_protocol::entry::{Alert, Anchor, ThreadClass};
use sotto_protocol::event::{Content, Event, Message, Priority};
use sotto_protocol::feed::Append;
use sotto_protocol::key::{SealingKey, Suite};
use sotto_protocol::role::Role;
use sotto_protocol::statement::{
    AccountCert, DeviceCert, GroupMembers, GroupPolicy, Invite, Policy, RoleGrant, Settings, Signer, Statement, WorkstationCert,
    WorkstationKind, WorkstationToken,
};
use sotto_protocol::{AccountId, DeviceId, EntryId, GroupId, InviteId, OrgId, ThreadId, TokenId, WorkstationId, verify};

use super::enrol::Desk;

/// The text of a message whose padded, sealed body is 1 KiB, as the reference's payload was.
pub const TEXT_BYTES: usize = 700;

/// Validity of everything the bench signs: longer than any run.
const DAY_MS: u64 = 86_400_000;

/// A person with one device.
#[derive(Debug)]
pub struct Person {
    /// The account.
    pub account: AccountId,
    signing: SigningKey,
    sealing: SealingKey,
    device: DeviceId,
    /// Signs the device's requests.
    pub signer: DeviceSigner,
}

/// A thread with its members' places in [`Population::people`].
#[derive(Debug, Clone)]
pub struct Room {
    /// The thread.
    pub thread: ThreadId,
    key: ThreadKey,
    /// Who is in it.
    pub members: Vec<usize>,
}

/// Everybody.
#[derive(Debug)]
pub struct Population {
    /// The people.
    pub people: Vec<Person>,
    archive: SealingKey,
    /// Who lets more in.
    pub(super) founder: Founder,
}

/// Who holds the root's key.
#[derive(Debug)]
pub(super) struct Founder {
    org: OrgId,
    root: SigningKey,
    now: u64,
    /// The one machine that everybody sits at.
    machine: (WorkstationId, SigningKey),
}

impl Population {
    /// Founds an organisation on a fresh server and enrols `count` people.
    ///
    /// # Errors
    /// Where the server refuses.
    pub async fn found(desk: &Desk, setup_code: &str, count: usize) -> Result<Self> {
        let rng = &mut OsRandom::new();
        let root = SigningKey::generate(rng);
        let machine = (WorkstationId::from_bytes(make_bytes(rng)), SigningKey::generate(rng));
        let founder = Founder { org: verify::org_id(&root.verify_key()), root, now: SystemClock.wall_ms(), machine };
        let archive = SealingPair::generate(Suite::X25519, rng).public().clone();
        let (invite, first) = founder.invite();
        let policy = founder.sign(&founder.policy(archive.clone()));
        let request = FoundRequest {
            setup_code: setup_code.to_owned(),
            root: Base64(founder.root.verify_key().as_bytes().to_vec()),
            statements: [vec![policy, founder.role(&invite), founder.sign(&Statement::Invite(invite.clone()))], founder.let_in_machine()]
                .concat(),
        };
        desk.post("/v1/org", None, &request).await.context("could not found the organisation")?;
        let mut people = vec![founder.enrol(desk, &invite, &first).await?];
        while people.len() < count {
            let (invite, key) = founder.invite();
            // A device may make so many requests a second: the invites come from all of them in turn.
            let asks = people.get(people.len() / 2).map(|person| &person.signer as &dyn ProveRequest);
            for statement in [founder.role(&invite), founder.sign(&Statement::Invite(invite.clone()))] {
                desk.post("/v1/statements", asks, &StatementRequest { statement }).await.context("could not invite")?;
            }
            people.push(founder.enrol(desk, &invite, &key).await?);
        }
        Ok(Self { people, archive, founder })
    }

    /// A thread among these people: the room, and its key entry to append.
    ///
    /// # Errors
    /// Where a key cannot be sealed.
    pub fn make_room(&self, members: Vec<usize>) -> Result<(Room, Append)> {
        let rng = &mut OsRandom::new();
        let thread = ThreadId::from_bytes(make_bytes(rng));
        let author = members.first().and_then(|place| self.people.get(*place)).context("a room has a first member")?;
        let people: Vec<&Person> = members.iter().filter_map(|place| self.people.get(*place)).collect();
        let keys: Vec<_> = people.iter().map(|person| (person.account, 1, &person.sealing)).collect();
        let make = KeyEntryMake {
            thread,
            entry: EntryId::from_bytes(make_bytes(rng)),
            class: ThreadClass::Clinical,
            epoch: 1,
            author: author.account,
            generation: 1,
            device: author.device,
            signing: &author.signing,
            members: &keys,
            previous: None,
            archive: &self.archive,
            anchor: Anchor::START,
            sent_at: SystemClock.wall_ms(),
        };
        let made = make_key_entry(&make, rng).context("could not make a room's key")?;
        let boxes = made.boxes.into_iter().map(|(account, sealed)| (account, ByteBuf::from(sealed))).collect();
        Ok((Room { thread, key: made.key, members }, Append(ByteBuf::from(made.entry.encode()), boxes)))
    }

    /// A sealed message of so many bytes by a member of a room, and its id.
    ///
    /// # Errors
    /// Where it cannot be sealed.
    pub fn make_message(&self, room: &Room, author: usize, bytes: usize) -> Result<(EntryId, Append)> {
        let rng = &mut OsRandom::new();
        let person = self.people.get(author).context("there is no such person")?;
        let entry = EntryId::from_bytes(make_bytes(rng));
        let seal = EventSeal {
            key: &room.key,
            epoch: 1,
            thread: room.thread,
            entry,
            author: person.account,
            generation: 1,
            device: person.device,
            alert: Alert::Normal,
            alerts: Vec::new(),
            signing: &person.signing,
        };
        let message = Message { text: "s".repeat(bytes), priority: Priority::Fyi, answers: Vec::new() };
        let content = Content {
            event: Event::Message(message),
            sent_at: SystemClock.wall_ms(),
            anchor: Anchor::START,
            directory: DirectoryHead::START,
        };
        let sealed = seal_event(seal, &content, rng).context("could not seal a message")?;
        Ok((entry, Append(ByteBuf::from(sealed.encode()), Vec::new())))
    }
}

impl Founder {
    /// A statement, signed by the root.
    pub(super) fn sign(&self, statement: &Statement) -> Base64 {
        Base64::from(&statement::sign(&Signer::Root, statement, &self.root))
    }

    fn let_in_machine(&self) -> Vec<Base64> {
        let (workstation, key) = &self.machine;
        self.let_in(*workstation, key).to_vec()
    }

    /// A machine's token and its certificate.
    pub(super) fn let_in(&self, workstation: WorkstationId, key: &SigningKey) -> [Base64; 2] {
        let rng = &mut OsRandom::new();
        let (token, token_key) = (TokenId::from_bytes(make_bytes(rng)), SigningKey::generate(rng));
        let kind = WorkstationKind::Shared;
        let asked = WorkstationToken {
            org: self.org,
            token,
            token_key: token_key.verify_key(),
            kind,
            profile: ByteBuf::from(vec![0; 64]),
            not_before: self.now - DAY_MS / 24,
            not_after: self.now + DAY_MS,
        };
        let issued_at = SystemClock.wall_ms();
        let cert = WorkstationCert { org: self.org, token, workstation, workstation_key: key.verify_key(), kind, issued_at };
        let cert = statement::sign(&Signer::Token(token), &Statement::WorkstationCert(cert), &token_key);
        [self.sign(&Statement::WorkstationToken(asked)), Base64::from(&cert)]
    }

    /// New rules for every machine, of this serial.
    pub(super) fn rules(&self, group: GroupId, serial: u64, settings: Settings) -> Base64 {
        let (name, members, issued_at) = (ByteBuf::from(vec![0; 64]), GroupMembers::Everyone, SystemClock.wall_ms());
        self.sign(&Statement::GroupPolicy(GroupPolicy { org: self.org, group, serial, name, members, settings, issued_at }))
    }

    fn policy(&self, archive_key: SealingKey) -> Statement {
        Statement::Policy(Policy {
            org: self.org,
            version: 1,
            issued_at: self.now,
            name: ByteBuf::from(vec![0; 64]),
            archive_key,
            history_for_new_members: true,
            epoch_max_age_ms: 30 * DAY_MS,
            epoch_max_events: u64::MAX,
            idle_lock_shared_s: 120,
            idle_lock_private_s: 300,
            fade_s: 5,
            lease_shared_s: 43_200,
            lease_private_s: 259_200,
            session_s: 43_200,
        })
    }

    /// The role of whoever the invite is for.
    fn role(&self, invite: &Invite) -> Base64 {
        let (account, issued_at) = (invite.account, self.now);
        let permissions = Vec::new();
        self.sign(&Statement::RoleGrant(RoleGrant { org: self.org, account, serial: 1, role: Role::Nurse, permissions, issued_at }))
    }

    fn invite(&self) -> (Invite, SigningKey) {
        let rng = &mut OsRandom::new();
        let key = SigningKey::generate(rng);
        let invite = Invite {
            org: self.org,
            invite: InviteId::from_bytes(make_bytes(rng)),
            account: AccountId::from_bytes(make_bytes(rng)),
            generation: 1,
            invite_key: key.verify_key(),
            profile: ByteBuf::from(vec![0; 64]),
            not_before: self.now - DAY_MS / 24,
            not_after: self.now + DAY_MS,
        };
        (invite, key)
    }

    async fn enrol(&self, desk: &Desk, invite: &Invite, invite_key: &SigningKey) -> Result<Person> {
        let rng = &mut OsRandom::new();
        let (signing, device_key) = (SigningKey::generate(rng), SigningKey::generate(rng));
        // The second suite: its keys are made in no time, and the server opens neither.
        let sealing = SealingPair::generate(Suite::X25519, rng).public().clone();
        let (account, device) = (invite.account, DeviceId::from_bytes(make_bytes(rng)));
        let account_cert = Statement::AccountCert(AccountCert {
            org: self.org,
            account,
            generation: 1,
            invite: invite.invite,
            signing_key: signing.verify_key(),
            sealing_key: sealing.clone(),
            issued_at: SystemClock.wall_ms(),
        });
        let device_cert = Statement::DeviceCert(DeviceCert {
            org: self.org,
            account,
            generation: 1,
            device,
            workstation: self.machine.0,
            device_key: device_key.verify_key(),
            not_before: self.now - DAY_MS / 24,
            not_after: self.now + DAY_MS,
        });
        let request = EnrolRequest {
            account_cert: Base64::from(&statement::sign(&Signer::Invite(invite.invite), &account_cert, invite_key)),
            device_cert: Base64::from(&statement::sign(&Signer::Account(account, 1), &device_cert, &signing)),
        };
        let machine = WorkstationSigner::new(self.machine.0, self.machine.1.clone());
        desk.post("/v1/enrol", Some(&machine), &request).await.context("could not enrol")?;
        Ok(Person { account, signing, sealing, device, signer: DeviceSigner::new(device, device_key) })
    }
}
