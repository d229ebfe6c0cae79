//! Where does the server's half of the vault's key come from? From the server, or, within its lease, from the keyring.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteArray;
use sotto_crypto::Secret32;
use sotto_protocol::api::ShareResponse;
use sotto_protocol::{AccountId, ErrorCode, cbor, limits};
use sotto_store::Keyring;
use zeroize::{Zeroize as _, Zeroizing};

use crate::error::{Attempt as _, ClientError, Result};
use crate::transport::{DeviceSigner, Http};

/// A share in the keyring.
pub(super) struct CachedShare {
    /// The share.
    pub share: Secret32,
    /// Until when it may be used without asking, milliseconds since 1970.
    pub until: u64,
    /// Since when it is here; a clock before that was set back.
    since: u64,
}

#[derive(Serialize, Deserialize)]
struct Stored(ByteArray<32>, u64, u64);

/// The cached share, if there is one; whether its lease still runs is for [`CachedShare::usable`].
pub(super) fn load_cached(keyring: &Keyring, name: &str) -> Result<Option<CachedShare>> {
    let Some(bytes) = keyring.get(name)? else { return Ok(None) };
    let Ok(Stored(mut share, since, until)) = cbor::parse_canonical(bytes.as_bytes(), 128) else { return Ok(None) };
    let cached = CachedShare { share: Secret32::from_bytes(*share), until, since };
    share.zeroize();
    Ok(Some(cached))
}

/// Caches the share for `lease_s` seconds from `now` on; a lease of 0 forgets it.
pub(super) fn store_cached(keyring: &Keyring, name: &str, share: &Secret32, now: u64, lease_s: u32) -> Result<()> {
    if lease_s == 0 {
        return Ok(keyring.delete(name)?);
    }
    let until = now.saturating_add(u64::from(lease_s) * 1_000);
    let bytes = Zeroizing::new(cbor::encode(&Stored(ByteArray::new(*share.as_bytes()), now, until)));
    Ok(keyring.set(name, &bytes)?)
}

/// Lets a cached share be used for `lease_s` seconds from `now` on at most.
pub(super) fn shorten(keyring: &Keyring, name: &str, now: u64, lease_s: u32) -> Result<()> {
    let Some(cached) = load_cached(keyring, name)? else { return Ok(()) };
    let longest = now.saturating_add(u64::from(lease_s) * 1_000);
    if cached.until > longest { store_cached(keyring, name, &cached.share, now, lease_s) } else { Ok(()) }
}

impl CachedShare {
    /// The share while the lease runs.
    ///
    /// # Errors
    /// `lease_ended` after it, and for a clock that was set back to before it began.
    pub fn usable(self, now: u64) -> Result<Secret32> {
        let since = self.since.saturating_sub(limits::CLOCK_SKEW_MS);
        if (since..self.until).contains(&now) { Ok(self.share) } else { Err(ended()) }
    }
}

/// Asks the server for the share.
pub(super) async fn fetch(http: &Http, signer: &DeviceSigner, account: AccountId) -> Result<Secret32> {
    let mut answer: ShareResponse =
        http.fetch_json("/v1/share", Some(signer)).await.attempting("get the server's share of the vault's key")?;
    let share = Secret32::from_slice(&answer.share.0);
    answer.share.0.zeroize();
    let malformed = ClientError::new(ErrorCode::Malformed, "get the server's share of the vault's key");
    share.filter(|_| answer.account == account).ok_or(malformed)
}

/// Nothing cached, or too old.
pub(super) const fn ended() -> ClientError {
    ClientError::new(ErrorCode::LeaseEnded, "open the vault without the server")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lease_runs_forward_only() {
        let cached = || CachedShare { share: Secret32::from_bytes([1; 32]), since: 1_000_000, until: 2_000_000 };
        assert!(cached().usable(1_000_000 - limits::CLOCK_SKEW_MS).is_ok());
        assert!(cached().usable(1_999_999).is_ok());
        for now in [800_000, 2_000_000, u64::MAX] {
            assert_eq!(cached().usable(now).map_err(|e| e.code), Err(ErrorCode::LeaseEnded));
        }
    }
}
