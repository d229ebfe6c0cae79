//! How something that a person typed is made slow to guess: Argon2id (RFC 9106), version 0x13, in memory that is cleared.

use argon2::{Algorithm, Argon2, Block, Params, Version};
use zeroize::Zeroize as _;

use crate::vault_key::{KdfError, KdfParams};

/// Fills `out` with Argon2id(typed, salt, secret). Whether the parameters are within bounds is for the caller to check.
///
/// # Errors
/// [`KdfError`].
pub(crate) fn stretch(typed: &[u8], salt: &[u8; 16], secret: &[u8], params: &KdfParams, out: &mut [u8]) -> Result<(), KdfError> {
    let cost = Params::new(params.m_kib, params.t, params.p, Some(out.len())).map_err(|_| KdfError::Parameters)?;
    let count = cost.block_count();
    let argon2 = Argon2::new_with_secret(secret, Algorithm::Argon2id, Version::V0x13, cost).map_err(|_| KdfError::Parameters)?;
    let mut memory = Vec::new();
    memory.try_reserve_exact(count).map_err(|_| KdfError::Memory)?;
    memory.resize(count, Block::default());
    let hashed = argon2.hash_password_into_with_memory(typed, salt, out, memory.as_mut_slice());
    // The crate zeroizes only what it allocates itself as hashes; the blocks are ours to clear.
    memory.zeroize();
    hashed.map_err(|_| KdfError::Parameters)
}
