//! Which failures have a name: the codes that server, client, CLI and window branch on.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $text:literal, $number:literal;)*) => {
        /// A failure somebody acts on. Its sentence for people lives in the user interface's and the CLI's catalogues.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
        #[serde(rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum ErrorCode {
            $($(#[$doc])* $variant,)*
        }

        impl ErrorCode {
            /// Every code, in the order of their numbers.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name on the wire and in `--json`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// The number on the wire (CBOR) and the CLI's exit status. Never reused; 1 and 2 are the shell's.
            #[must_use]
            pub const fn number(self) -> u8 {
                match self { $(Self::$variant => $number,)* }
            }

            /// The code with that number, if this build knows it.
            #[must_use]
            pub const fn from_number(number: u8) -> Option<Self> {
                match number { $($number => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

codes! {
    /// The password does not open the vault.
    WrongPassword = "wrong_password", 10;
    /// Too many attempts; wait.
    Throttled = "throttled", 11;
    /// The vault's local key was destroyed after too many attempts; a new invite is needed.
    VaultDestroyed = "vault_destroyed", 12;
    /// Fewer characters than the policy asks for.
    PasswordTooShort = "password_too_short", 13;
    /// A login name has 2 to 64 of a-z, 0-9, dot, underscore and hyphen.
    LoginMalformed = "login_malformed", 14;
    /// Somebody else has that login name.
    LoginTaken = "login_taken", 15;
    /// The second factor's code does not fit, or was used before.
    WrongCode = "wrong_code", 16;
    /// No such recovery code of that account, or it was used.
    RecoveryCodeUnknown = "recovery_code_unknown", 17;
    /// The account's keys on the server do not open with what signed in.
    BundleDamaged = "bundle_damaged", 18;
    /// After too many wrong PINs on this workstation the password alone does not do: a code of the second factor is needed once.
    SecondFactorNeeded = "second_factor_needed", 19;
    /// The invite's text is damaged.
    InviteMalformed = "invite_malformed", 20;
    /// The server has no such invite.
    InviteUnknown = "invite_unknown", 21;
    /// The invite's time is over.
    InviteExpired = "invite_expired", 22;
    /// The invite was used before.
    InviteUsed = "invite_used", 23;
    /// That account is on this workstation already.
    AlreadyEnrolled = "already_enrolled", 24;
    /// This workstation, or this person on it, is not enrolled.
    NotEnrolled = "not_enrolled", 25;
    /// The workstation token's text is damaged.
    TokenMalformed = "token_malformed", 26;
    /// The server has no such workstation token.
    TokenUnknown = "token_unknown", 27;
    /// The workstation token's time is over.
    TokenExpired = "token_expired", 28;
    /// The workstation token was used before.
    TokenUsed = "token_used", 29;
    /// The device is out: revoked, or ended by its own person.
    DeviceRevoked = "device_revoked", 30;
    /// The account was revoked.
    AccountRevoked = "account_revoked", 31;
    /// A statement does not chain to the pinned organisation root.
    UnknownRoot = "unknown_root", 32;
    /// The server's certificate is not from the pinned authority.
    ServerCertificate = "server_certificate", 33;
    /// A signature does not fit.
    SignatureInvalid = "signature_invalid", 34;
    /// This machine has no certificate of the organisation.
    WorkstationUnknown = "workstation_unknown", 35;
    /// The machine was revoked.
    WorkstationRevoked = "workstation_revoked", 36;
    /// The clocks of workstation and server differ by more than two minutes.
    ClockSkew = "clock_skew", 40;
    /// A signed request was seen before.
    RequestReplayed = "request_replayed", 41;
    /// Client and server speak different protocol versions.
    UpgradeRequired = "upgrade_required", 42;
    /// The server cannot be reached.
    ServerUnreachable = "server_unreachable", 43;
    /// The server asks to try later.
    ServerBusy = "server_busy", 44;
    /// The server failed.
    ServerError = "server_error", 45;
    /// The disk is full.
    DiskFull = "disk_full", 50;
    /// The vault's file is damaged.
    VaultCorrupt = "vault_corrupt", 51;
    /// The vault's file is not there.
    VaultMissing = "vault_missing", 52;
    /// Another process has this vault open.
    VaultInUse = "vault_in_use", 53;
    /// The vault is an older copy of itself; sending waits until it has caught up.
    VaultRolledBack = "vault_rolled_back", 54;
    /// There is no keyring on this machine.
    KeyringMissing = "keyring_missing", 55;
    /// The keyring is locked.
    KeyringLocked = "keyring_locked", 56;
    /// The lease is over and the server cannot be reached to renew it.
    LeaseEnded = "lease_ended", 57;
    /// More than a limit allows.
    TooLarge = "too_large", 60;
    /// Bytes or arguments that do not parse.
    Malformed = "malformed", 61;
    /// The session is locked.
    Locked = "locked", 62;
    /// No such thing, or none that you may know of.
    NotFound = "not_found", 63;
    /// The account is not in the thread.
    NotAMember = "not_a_member", 64;
    /// The account may not do that.
    NotPermitted = "not_permitted", 65;
    /// The same id with other content exists.
    Conflict = "conflict", 66;
    /// The entry was sealed for an epoch that is over.
    StaleEpoch = "stale_epoch", 67;
    /// The person cancelled.
    Cancelled = "cancelled", 68;
    /// A bug in Sotto.
    Internal = "internal", 69;
    /// The PIN does not open the vault.
    WrongPin = "wrong_pin", 70;
    /// There is no PIN of that person on this workstation.
    PinMissing = "pin_missing", 71;
    /// A PIN has 6 to 12 digits and nothing else.
    PinMalformed = "pin_malformed", 72;
    /// The PIN has fewer than three different digits, or repeats a part of itself.
    PinRepeats = "pin_repeats", 73;
    /// The PIN counts up or down.
    PinCounts = "pin_counts", 74;
    /// A person's role does not allow threads of that class.
    MemberNotPermitted = "member_not_permitted", 75;
    /// The password is long enough, and soon guessed.
    PasswordGuessable = "password_guessable", 76;
    /// A root sheet's text is not as it was printed.
    SheetMalformed = "sheet_malformed", 77;
    /// A root sheet is another organisation's.
    SheetForeign = "sheet_foreign", 78;
    /// The same root sheet comes twice.
    SheetRepeated = "sheet_repeated", 79;
    /// Fewer root sheets than are needed.
    SheetsTooFew = "sheets_too_few", 80;
    /// Root sheets that do not fit together.
    SheetsUnfit = "sheets_unfit", 81;
    /// The workstation, or this person on it, was wiped; nothing of it opens.
    Wiped = "wiped", 82;
    /// A rule of one's own that is looser than what holds.
    RuleLooser = "rule_looser", 83;
    /// What this machine's management says is not understood; nothing of it is used.
    ManagedUnreadable = "managed_unreadable", 84;
    /// Somebody else than the machine's administrator may write what its management says; nothing of it is used.
    ManagedUnsafe = "managed_unsafe", 85;
    /// A file is larger than files may be here.
    FileTooLarge = "file_too_large", 110;
    /// A file's content is of a type that is not taken here.
    FileRefused = "file_refused", 111;
    /// A file's content is not what its author sent, or is damaged.
    FileDamaged = "file_damaged", 112;
    /// An image that would take more memory than an image may.
    ImageTooLarge = "image_too_large", 113;
    /// A file is larger than the rules here let anybody send.
    AttachmentTooLarge = "attachment_too_large", 114;
    /// A file is of a type that the rules here let nobody send.
    AttachmentTypeForbidden = "attachment_type_forbidden", 115;
}

impl ErrorCode {
    /// Whether the server says by it that it takes nothing from this device any more: its account, itself or its machine is revoked.
    #[must_use]
    pub const fn shuts_out(self) -> bool {
        matches!(self, Self::DeviceRevoked | Self::AccountRevoked | Self::WorkstationRevoked)
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_are_unique_and_come_back() {
        let mut seen = std::collections::HashSet::new();
        for code in ErrorCode::ALL {
            assert!(seen.insert(code.number()), "{code} reuses a number");
            assert_eq!(ErrorCode::from_number(code.number()), Some(*code));
            assert_eq!(serde_json::to_string(code).unwrap(), format!("\"{code}\""));
        }
    }
}
