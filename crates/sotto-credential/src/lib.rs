//! What the server checks of a sign-in: OPAQUE's server half, which never sees a password, and the second factor.
//!
//! No I/O and no clock; time is an argument. Its own crate because the server may not depend on `sotto-crypto`, which can open what people
//! write. Nothing here can: what it keeps is what any OPAQUE server keeps. The client's half is `sotto_crypto::opaque`.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing))]

pub mod opaque;
pub mod totp;
