//! Why a statement is refused: the first of the chain's rules that does not hold.

use crate::ErrorCode;
use crate::verify::BadSignature;

/// Why a statement is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StatementError {
    /// Not the canonical encoding of a known statement.
    #[error("the statement does not parse")]
    Malformed,
    /// About another organisation, or by a signer this chain does not know.
    #[error("the statement does not chain to the organisation root")]
    UnknownSigner,
    /// The signature does not fit.
    #[error("the statement's signature does not fit")]
    BadSignature,
    /// The signer may not make such a statement, or not at that time.
    #[error("the signer may not make this statement")]
    NotPermitted,
    /// The invite's, the token's or the grant's time was over when it was used.
    #[error("the statement was made outside its signer's validity")]
    Expired,
    /// The invite, the token or the id was used before.
    #[error("the id was used before")]
    Duplicate,
    /// A version not above the highest one seen, or a list that forgets somebody.
    #[error("the statement rolls an earlier one back")]
    Rollback,
    /// Its author had verified another directory than this one.
    #[error("the statement rests on another directory")]
    OtherDirectory,
}

impl From<BadSignature> for StatementError {
    fn from(_: BadSignature) -> Self {
        Self::BadSignature
    }
}

impl StatementError {
    /// The code that says it to others.
    #[must_use]
    pub const fn code(self) -> ErrorCode {
        match self {
            Self::Malformed => ErrorCode::Malformed,
            Self::UnknownSigner => ErrorCode::UnknownRoot,
            Self::BadSignature => ErrorCode::SignatureInvalid,
            Self::NotPermitted => ErrorCode::NotPermitted,
            Self::Expired => ErrorCode::InviteExpired,
            Self::Duplicate => ErrorCode::InviteUsed,
            Self::Rollback | Self::OtherDirectory => ErrorCode::Conflict,
        }
    }

    /// As [`Self::code`], for what an administrator or a machine asserts: nothing was used up, another statement has the id.
    #[must_use]
    pub const fn assertion_code(self) -> ErrorCode {
        match self {
            Self::Expired => ErrorCode::NotPermitted,
            Self::Duplicate => ErrorCode::Conflict,
            other => other.code(),
        }
    }

    /// As [`Self::code`], where a workstation token was used and not an invite.
    #[must_use]
    pub const fn token_code(self) -> ErrorCode {
        match self {
            Self::UnknownSigner => ErrorCode::TokenUnknown,
            Self::Expired => ErrorCode::TokenExpired,
            Self::Duplicate => ErrorCode::TokenUsed,
            other => other.code(),
        }
    }
}
