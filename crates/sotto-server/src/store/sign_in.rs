//! What signing in anywhere asks of a database: logins, what is pending, and the counting of attempts.
//!
//! Every function that writes is one durable transaction, and decides inside it: two nodes that are asked at the same time let one
//! attempt be finished once, one code be used once and one login be had by one account. What it says about a login that nobody has takes
//! the same statements as about one that somebody has.

use std::fmt;
use std::future::Future;

use sotto_protocol::api::{RecoveryBox, SignIn};
use sotto_protocol::{AccountId, AttemptId, LoginHandle, RecoveryId, WorkstationId};
use zeroize::Zeroizing;

use super::StoreError;
use super::throttle::Wait;

/// Milliseconds in which a sign-in that was started may be finished. Shorter than a workstation's window, so that no more attempts of
/// one can be pending than the throttle takes.
pub const ATTEMPT_MS: u64 = 120_000;
/// Milliseconds in which a registration that was started may be finished: time to set up an app. One for each account.
pub const REGISTRATION_MS: u64 = 3_600_000;

/// Bytes that are secret: silent in `Debug`, and leave no copy behind.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<Vec<u8>>);

impl Secret {
    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl From<Vec<u8>> for Secret {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Zeroizing::new(bytes))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

/// Codes of an app, as a second factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totp {
    /// The app's secret.
    pub secret: Secret,
    /// The step of the last code that was used.
    pub step: u64,
}

/// A registration that was started, and what its code is checked with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// Whose.
    pub account: AccountId,
    /// What the login will be.
    pub handle: LoginHandle,
    /// The second factor's secret: a new one, or that of the login which the account has.
    pub totp_secret: Secret,
    /// The step of the last code that was used; only a later one is taken. The code that began a recovery may end it too, once.
    pub last_step: Option<u64>,
}

/// What became of a registration's start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Begun {
    /// Pending.
    Pending {
        /// The second factor's secret: the one given, or that of a registration that was pending already. `None` for an account that has
        /// a login: its second factor stays as it is.
        totp_secret: Option<Secret>,
        /// The version of the stored bundle, 0 where there is none.
        bundle_version: u64,
    },
    /// Another account has the login.
    LoginTaken,
}

/// All of an account's login.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// Whose.
    pub account: AccountId,
    /// The login.
    pub handle: LoginHandle,
    /// OPAQUE's record.
    pub record: Secret,
    /// The sealed account bundle.
    pub bundle: Vec<u8>,
    /// Its version.
    pub bundle_version: u64,
    /// The second factor, and the code that confirmed it: used by that.
    pub totp: Totp,
    /// A box for each recovery code.
    pub recovery: Vec<RecoveryBox>,
}

/// What became of a registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Registered {
    /// Stored; everything that the account had is replaced, and attempts at its login that were under way are over.
    Done,
    /// Not pending, with this login and second factor.
    NotPending,
    /// The code, or a later one, was used.
    CodeUsed,
    /// Another account has the login.
    LoginTaken,
    /// A bundle of this version or a later one is stored.
    Conflict,
}

/// What OPAQUE's first answer is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Login {
    /// The record.
    pub record: Secret,
}

/// An attempt that was begun: what its end is checked with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAttempt {
    /// Its name.
    pub attempt: AttemptId,
    /// OPAQUE's state.
    pub state: Secret,
}

/// An attempt that can be finished now, and never again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenAttempt {
    /// At which login.
    pub handle: LoginHandle,
    /// OPAQUE's state.
    pub state: Secret,
}

/// What somebody gets who showed that the password, or a recovery code, is right; after the second factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// Whose.
    pub account: AccountId,
    /// The sealed bundle: the login's, or the one under the recovery code.
    pub sealed: Vec<u8>,
    /// The version of the login's bundle.
    pub bundle_version: u64,
    /// The second factor.
    pub totp: Totp,
}

/// A sign-in whose second factor fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Completed {
    /// Whose.
    pub account: AccountId,
    /// At which login.
    pub handle: LoginHandle,
    /// The code's step.
    pub totp_step: u64,
    /// When, where, and with what.
    pub sign_in: SignIn,
}

/// A database of one organisation's logins.
pub trait SignInStore: Clone + Send + Sync + 'static {
    /// The server's OPAQUE setup: the one that is stored, or this one, which is stored then.
    fn keep_setup(&self, fresh: Secret) -> impl Future<Output = Result<Secret, StoreError>> + Send;

    /// Begins an account's registration, or goes on with the pending one; its time begins anew.
    fn begin_registration(
        &self,
        now: u64,
        account: AccountId,
        handle: LoginHandle,
        totp_secret: Secret,
    ) -> impl Future<Output = Result<Begun, StoreError>> + Send;

    /// The account's registration that is pending.
    fn load_pending(&self, now: u64, account: AccountId) -> impl Future<Output = Result<Option<Pending>, StoreError>> + Send;

    /// Whether the account's login is the one of exactly this record: its registration was finished before.
    fn is_registered(
        &self,
        account: AccountId,
        handle: LoginHandle,
        record: Secret,
        bundle_version: u64,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;

    /// Replaces all of the account's login. A repeat of what is stored is [`Registered::Done`].
    fn finish_registration(&self, now: u64, registration: Registration) -> impl Future<Output = Result<Registered, StoreError>> + Send;

    /// Whether an attempt would be counted now, and the login, if somebody has it. Counts nothing.
    fn load_login(
        &self,
        now: u64,
        handle: LoginHandle,
        workstation: WorkstationId,
    ) -> impl Future<Output = Result<Result<Option<Login>, Wait>, StoreError>> + Send;

    /// Counts an attempt at a login from a workstation, and keeps it if it is to be finished later.
    fn count_attempt(
        &self,
        now: u64,
        handle: LoginHandle,
        workstation: WorkstationId,
        attempt: Option<NewAttempt>,
    ) -> impl Future<Output = Result<Result<(), Wait>, StoreError>> + Send;

    /// Takes an attempt out, whatever becomes of it; `None` if it is another workstation's, was taken before or is over.
    fn take_attempt(
        &self,
        now: u64,
        attempt: AttemptId,
        workstation: WorkstationId,
    ) -> impl Future<Output = Result<Option<TakenAttempt>, StoreError>> + Send;

    /// What the login gives.
    fn load_credential(&self, handle: LoginHandle) -> impl Future<Output = Result<Option<Credential>, StoreError>> + Send;

    /// What the login gives to somebody with this recovery code.
    fn load_recovery(&self, handle: LoginHandle, id: RecoveryId) -> impl Future<Output = Result<Option<Credential>, StoreError>> + Send;

    /// Uses the code's step, lists the sign-in and forgets the login's attempts: all or nothing. `false` if the step or a later one was
    /// used before, or the account has the login no more.
    fn complete_sign_in(&self, completed: Completed) -> impl Future<Output = Result<bool, StoreError>> + Send;

    /// The account's newest sign-ins, newest first, at most [`sotto_protocol::limits::SIGN_INS`].
    fn load_sign_ins(&self, account: AccountId) -> impl Future<Output = Result<Vec<SignIn>, StoreError>> + Send;

    /// Forgets what is over at `now`. What is over is treated so wherever it is looked at; this gives back its room.
    fn sweep_sign_ins(&self, now: u64) -> impl Future<Output = Result<(), StoreError>> + Send;
}
