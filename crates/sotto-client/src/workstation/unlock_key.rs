//! How does a password, or a PIN, become the vault's key? Slowly, with this machine's half and the server's; the work runs where it may block.

use std::sync::Arc;
use std::time::Instant;

use serde_bytes::{ByteArray, ByteBuf};
use sotto_crypto::random::make_bytes;
use sotto_crypto::vault_key::{KdfError, KdfParams, Opener, VaultIds, calibrate, derive_db_key, derive_kek, unwrap_vmk, wrap_vmk};
use sotto_crypto::{OsRandom, Secret32};
use sotto_protocol::{AccountId, ErrorCode, OrgId, WorkstationId};
use sotto_store::{Key, VaultFile};
use tokio::sync::OnceCell;

use crate::error::{ClientError, Result};
use crate::view::Password;

/// The two halves that are not in anybody's head.
#[derive(Clone)]
pub(super) struct Halves {
    /// This machine's, from the keyring; the one of whatever opens.
    pub k_dev: Secret32,
    /// The server's.
    pub share: Secret32,
}

/// Parameters that cost about half a second on this machine; the first call of the process measures for about two.
pub(super) async fn calibrate_here() -> Result<KdfParams> {
    static MEASURED: OnceCell<KdfParams> = OnceCell::const_new();
    MEASURED.get_or_try_init(measure).await.copied()
}

async fn measure() -> Result<KdfParams> {
    blocking(|| {
        let ids = VaultIds {
            org: OrgId::from_bytes([0; 16]),
            account: AccountId::from_bytes([0; 16]),
            workstation: WorkstationId::from_bytes([0; 16]),
        };
        let half = Secret32::from_bytes([0; 32]);
        calibrate(|params| {
            let start = Instant::now();
            let _ = derive_kek(Opener::Password, b"calibration", &[0; 16], &half, &half, &ids, params);
            start.elapsed()
        })
    })
    .await
}

/// Wraps the master key anew. `before` is the file that is replaced: the counter rises.
pub(super) async fn wrap(
    opener: Opener,
    typed: Password,
    halves: Halves,
    ids: VaultIds,
    params: KdfParams,
    vmk: Arc<Secret32>,
    before: Option<VaultFile>,
) -> Result<VaultFile> {
    let made = blocking(move || {
        let salt: [u8; 16] = make_bytes(&mut OsRandom::new());
        let kek = derive_kek(opener, typed.expose().as_bytes(), &salt, &halves.k_dev, &halves.share, &ids, &params)?;
        let binding = VaultFile::binding(ids, params, before.as_ref());
        let wrapped = wrap_vmk(opener, &kek, &vmk, &binding, &mut OsRandom::new());
        Ok(VaultFile { binding, salt: ByteArray::new(salt), wrapped: ByteBuf::from(wrapped) })
    });
    made.await?.map_err(kdf_error)
}

/// Unwraps the master key.
///
/// # Errors
/// `wrong_password`, `wrong_pin`; `vault_corrupt` where the file asks for impossible parameters.
pub(super) async fn unwrap(opener: Opener, typed: Password, halves: Halves, file: VaultFile) -> Result<Secret32> {
    let opened = blocking(move || {
        let binding = &file.binding;
        let kek = derive_kek(opener, typed.expose().as_bytes(), &file.salt, &halves.k_dev, &halves.share, &binding.ids, &binding.params)?;
        Ok(unwrap_vmk(opener, &kek, &file.wrapped, binding).ok())
    });
    opened.await?.map_err(kdf_error)?.ok_or(ClientError::new(wrong(opener), "open the vault"))
}

/// How it is said that what was typed does not open.
const fn wrong(opener: Opener) -> ErrorCode {
    match opener {
        Opener::Password => ErrorCode::WrongPassword,
        Opener::Pin => ErrorCode::WrongPin,
    }
}

/// The database's key.
pub(super) fn database_key(vmk: &Secret32) -> Key {
    let (key, salt) = derive_db_key(vmk);
    Key::new(*key.as_bytes(), salt)
}

/// Runs what blocks on a thread for it.
pub(super) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|_| ClientError::new(ErrorCode::Internal, "open the vault"))
}

fn kdf_error(error: KdfError) -> ClientError {
    let code = match error {
        KdfError::Parameters => ErrorCode::VaultCorrupt,
        KdfError::Memory => ErrorCode::Internal,
    };
    ClientError::new(code, "derive the vault's key")
}
