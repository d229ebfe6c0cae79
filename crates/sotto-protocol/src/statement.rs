//! What people and organisations assert, signed: the trust chain that the server stores and cannot extend.
//!
//! ```text
//! organisation root ─ AdminGrant ┬ Invite ─ AccountCert ─ DeviceCert
//!                   └ Policy     │                    └ DeviceEnd
//!                                ├ WorkstationToken ─ WorkstationCert ─ Receipt
//!                                ├ RoleGrant
//!                                ├ GroupPolicy
//!                                ├ Command ─ Approval
//!                                ├ Custody
//!                                ├ Incident ─ IncidentClosed
//!                                └ Revocations
//! ```

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use crate::key::{SealingKey, Signature, VerifyKey};
use crate::{AccountId, DeviceId, GrantId, InviteId, OrgId, TokenId, WorkstationId};

mod admin;
mod attachment;
mod command;
mod custody;
mod device_end;
mod group_policy;
mod incident;
mod role;
mod workstation;

pub use admin::{AdminGrant, AdminRequest, Scope};
pub use attachment::{AttachmentType, AttachmentTypes};
pub use command::{Action, Approval, Command, CommandOutcome, CommandReason, Erased, ErasedKind, Receipt};
pub use custody::Custody;
pub use device_end::DeviceEnd;
pub use group_policy::{GroupMembers, GroupPolicy, Settings};
pub use incident::{Incident, IncidentClosed, IncidentOutcome, IncidentReason};
pub use role::RoleGrant;
pub use workstation::{WorkstationCert, WorkstationKind, WorkstationProfile, WorkstationToken};

/// The domain label before every signed statement.
pub const STATEMENT_LABEL: &[u8] = b"sotto/statement/v1\0";

/// Who signs a statement; which kinds each may sign is checked by [`crate::directory`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signer {
    /// The organisation root.
    Root,
    /// The admin key that this grant names.
    Admin(GrantId),
    /// The single-use key of this invite.
    Invite(InviteId),
    /// This account's signing key of this generation.
    Account(AccountId, u32),
    /// The single-use key of this workstation token.
    Token(TokenId),
    /// This machine's key.
    Workstation(WorkstationId),
}

/// A statement with its signature, as it travels and is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// The canonical encoding of a [`Statement`].
    pub statement: ByteBuf,
    /// Who signed.
    pub signer: Signer,
    /// Ed25519 over [`signed_bytes`].
    pub signature: Signature,
}

/// What is signed: label, signer and statement, so that no signature fits elsewhere.
#[must_use]
pub fn signed_bytes(signer: &Signer, statement: &[u8]) -> Vec<u8> {
    let signer = crate::cbor::encode(signer);
    [STATEMENT_LABEL, signer.as_slice(), statement].concat()
}

/// Everything that can be asserted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Statement {
    /// Makes an admin of whoever asked. Signed by the root.
    AdminGrant(AdminGrant),
    /// Invites a person. Signed by the root or an admin with [`Scope::Invite`].
    Invite(Invite),
    /// Binds an account to its keys. Signed with the invite's key.
    AccountCert(AccountCert),
    /// Binds a device to an account. Signed by the account's key.
    DeviceCert(DeviceCert),
    /// Sets the organisation's rules. Signed by the root.
    Policy(Policy),
    /// Lists who is out. Signed by the root or an admin with [`Scope::Revoke`].
    Revocations(Revocations),
    /// Lets a machine in. Signed by the root or an admin with [`Scope::Enrol`].
    WorkstationToken(WorkstationToken),
    /// Binds a machine to its key. Signed with the token's key.
    WorkstationCert(WorkstationCert),
    /// Gives an account its role. Signed by the root or an admin with [`Scope::Roles`].
    RoleGrant(RoleGrant),
    /// Asks for an admin grant. Signed by the account's key.
    AdminRequest(AdminRequest),
    /// Ends devices of one's own. Signed by the account's key.
    DeviceEnd(DeviceEnd),
    /// Sets the rules of a group of machines. Signed by the root or an admin with [`Scope::Fleet`].
    GroupPolicy(GroupPolicy),
    /// Tells a machine to do something. Signed by the root or an admin with [`Scope::Fleet`].
    Command(Command),
    /// Agrees to a command. Signed by the root or another admin with [`Scope::Fleet`].
    Approval(Approval),
    /// Says that a command was done. Signed by the machine's key.
    Receipt(Receipt),
    /// Hands a machine to somebody. Signed by the root or an admin with [`Scope::Fleet`].
    Custody(Custody),
    /// Reports a machine lost or stolen. Signed by the root or an admin with [`Scope::Fleet`].
    Incident(Incident),
    /// Says how an incident ended. Signed by the root or an admin with [`Scope::Fleet`].
    IncidentClosed(IncidentClosed),
}

impl Statement {
    /// The organisation the statement is about.
    #[must_use]
    pub const fn org(&self) -> OrgId {
        match self {
            Self::AdminGrant(s) => s.org,
            Self::Invite(s) => s.org,
            Self::AccountCert(s) => s.org,
            Self::DeviceCert(s) => s.org,
            Self::Policy(s) => s.org,
            Self::Revocations(s) => s.org,
            Self::WorkstationToken(s) => s.org,
            Self::WorkstationCert(s) => s.org,
            Self::RoleGrant(s) => s.org,
            Self::AdminRequest(s) => s.org,
            Self::DeviceEnd(s) => s.org,
            Self::GroupPolicy(s) => s.org,
            Self::Command(s) => s.org,
            Self::Approval(s) => s.org,
            Self::Receipt(s) => s.org,
            Self::Custody(s) => s.org,
            Self::Incident(s) => s.org,
            Self::IncidentClosed(s) => s.org,
        }
    }
}

/// Invites a person, once. The secret of `invite_key` travels out of band and never to the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invite {
    /// The organisation.
    pub org: OrgId,
    /// The invite's own id.
    pub invite: InviteId,
    /// The account it makes.
    pub account: AccountId,
    /// The generation of account keys it makes, from 1.
    pub generation: u32,
    /// Signs the account's certificate.
    pub invite_key: VerifyKey,
    /// The person's [`Profile`], sealed under the organisation's directory key: the server learns no name.
    pub profile: ByteBuf,
    /// Milliseconds since 1970.
    pub not_before: u64,
    /// Milliseconds since 1970.
    pub not_after: u64,
}

/// How a person is called; sealed inside the invite by the admin, so nobody chooses a name for themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// As colleagues call them.
    pub name: String,
    /// What they do: "RN", "Physician", "Front desk".
    pub title: String,
}

/// Binds an account to its public keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountCert {
    /// The organisation.
    pub org: OrgId,
    /// The account; the one the invite names.
    pub account: AccountId,
    /// The generation; the one the invite names.
    pub generation: u32,
    /// The invite.
    pub invite: InviteId,
    /// Signs events, key entries and device certificates.
    pub signing_key: VerifyKey,
    /// Thread keys are sealed to it.
    pub sealing_key: SealingKey,
    /// Milliseconds since 1970.
    pub issued_at: u64,
}

/// Binds a device's transport key to an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceCert {
    /// The organisation.
    pub org: OrgId,
    /// The account.
    pub account: AccountId,
    /// The generation of the account keys that signed.
    pub generation: u32,
    /// The device's own id.
    pub device: DeviceId,
    /// The machine it is on; it has a certificate of its own.
    pub workstation: WorkstationId,
    /// Signs requests.
    pub device_key: VerifyKey,
    /// Milliseconds since 1970.
    pub not_before: u64,
    /// Milliseconds since 1970.
    pub not_after: u64,
}

/// The organisation's rules. The highest version seen holds; a lower one is a rollback and refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// The organisation.
    pub org: OrgId,
    /// Rises by one.
    pub version: u64,
    /// Milliseconds since 1970.
    pub issued_at: u64,
    /// What the clinic calls itself, sealed under the directory key.
    pub name: ByteBuf,
    /// Every epoch's key is sealed to it as well.
    pub archive_key: SealingKey,
    /// Whether somebody added to a thread may read what came before.
    pub history_for_new_members: bool,
    /// An epoch is rotated after this many milliseconds.
    pub epoch_max_age_ms: u64,
    /// An epoch is rotated after this many events.
    pub epoch_max_events: u64,
    /// Idle time before the lock of a shared workstation, in seconds.
    pub idle_lock_shared_s: u32,
    /// Idle time before the lock of a private workstation, in seconds.
    pub idle_lock_private_s: u32,
    /// How long the screen fades before it locks, in seconds; inside the idle time.
    pub fade_s: u32,
    /// How long a shared workstation may cache the server's share, in seconds; 0 means never: it asks at every unlock.
    pub lease_shared_s: u32,
    /// The same for a private workstation.
    pub lease_private_s: u32,
    /// A session's longest time, in seconds.
    pub session_s: u32,
}

impl Policy {
    /// How long a workstation of this kind may cache the server's share, in seconds; 0 means never.
    #[must_use]
    pub const fn lease_s(&self, kind: WorkstationKind) -> u32 {
        match kind {
            WorkstationKind::Shared => self.lease_shared_s,
            WorkstationKind::Private => self.lease_private_s,
        }
    }

    /// Idle time before the lock of a workstation of this kind, in seconds.
    #[must_use]
    pub const fn idle_lock_s(&self, kind: WorkstationKind) -> u32 {
        match kind {
            WorkstationKind::Shared => self.idle_lock_shared_s,
            WorkstationKind::Private => self.idle_lock_private_s,
        }
    }
}

/// Who is out. The highest version seen holds, and lists everything that lower ones listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revocations {
    /// The organisation.
    pub org: OrgId,
    /// Rises by one.
    pub version: u64,
    /// Milliseconds since 1970.
    pub issued_at: u64,
    /// Accounts, with the highest generation that is out.
    pub accounts: Vec<(AccountId, u32)>,
    /// Devices.
    pub devices: Vec<DeviceId>,
    /// Workstations; every device on one of them is out as well.
    pub workstations: Vec<WorkstationId>,
}
