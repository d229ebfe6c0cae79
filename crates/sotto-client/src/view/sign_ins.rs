//! Where did somebody sign in, and of which of it have they not said that it was them?

use serde::{Deserialize, Serialize};
use sotto_protocol::DeviceId;

/// The person's account is on a machine where it came after this vault, and they have not said that it was them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct NewSignIn {
    /// What the account is there: what is answered with.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub device: DeviceId,
    /// The machine's name.
    pub workstation: String,
    /// Where that is.
    pub location: String,
    /// When, milliseconds since 1970, by that machine's clock.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub at: u64,
    /// Whether they said that it was not them; told until that device is shut out.
    pub denied: bool,
}

/// A sign-in at a machine that was new to the account, as the server lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SignInView {
    /// The machine's name.
    pub workstation: String,
    /// Where that is.
    pub location: String,
    /// When, milliseconds since 1970, by the server's clock.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub at: u64,
    /// Whether a recovery code was used in place of the password.
    pub recovery: bool,
    /// Whether it is the machine that asks.
    pub here: bool,
}
