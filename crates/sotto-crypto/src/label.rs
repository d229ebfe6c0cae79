//! Which labels keep one use of a key or a signature from fitting another: all of them, in one place.
//!
//! Every label ends in NUL, and what follows it has a fixed length, so no two inputs share their bytes. The labels of signatures and of
//! the hash chain are in `sotto_protocol::{statement, request, verify}`, because the server needs them as well.

/// HPKE `info` of every box; a purpose follows.
pub const BOX: &[u8] = b"sotto/box/v1\0";
/// The purpose of a member's box.
pub const BOX_MEMBER: &[u8] = b"member";
/// The purpose of the archive's box.
pub const BOX_ARCHIVE: &[u8] = b"archive";
/// The commitment to a thread key.
pub const COMMITMENT: &[u8] = b"sotto/commitment/v1\0";
/// The key that seals one event.
pub const EVENT_KEY: &[u8] = b"sotto/event-key/v1\0";
/// The key that seals the chunks of one file.
pub const FILE_KEY: &[u8] = b"sotto/file/v1\0";
/// The key that seals the previous epoch's key.
pub const LINK_KEY: &[u8] = b"sotto/link/v1\0";
/// The seed of the archive box's generator.
pub const ARCHIVE_SEED: &[u8] = b"sotto/archive-seed/v1\0";
/// The key that seals one profile.
pub const PROFILE_KEY: &[u8] = b"sotto/profile/v1\0";
/// The key that seals the clinic's name.
pub const CLINIC_KEY: &[u8] = b"sotto/clinic/v1\0";
/// The key that seals the name of one workstation.
pub const WORKSTATION_PROFILE_KEY: &[u8] = b"sotto/workstation-profile/v1\0";
/// Key of the sealed name of a group of machines, HKDF info.
pub const GROUP_KEY: &[u8] = b"sotto/group/v1\0";
/// Key of the sealed place of a machine in a change of its custody, HKDF info.
pub const CUSTODY_KEY: &[u8] = b"sotto/custody/v1\0";
/// What the server knows a login name by.
pub const LOGIN_HANDLE: &[u8] = b"sotto/login-handle/v1\0";
/// What OPAQUE takes as the password: the typed one under the workstations' secret.
pub const OPAQUE_PASSWORD: &[u8] = b"sotto/opaque-password/v1\0";
/// The key that seals an account bundle under what a password gives.
pub const BUNDLE: &[u8] = b"sotto/bundle/v1\0";
/// What the server knows a recovery code by.
pub const RECOVERY_ID: &[u8] = b"sotto/recovery-id/v1\0";
/// The key that seals an account bundle under a recovery code.
pub const RECOVERY: &[u8] = b"sotto/recovery/v1\0";
/// The key that wraps the vault master key.
pub const KEK: &[u8] = b"sotto/kek/v1\0";
/// What the wrapped vault master key is bound to.
pub const VMK: &[u8] = b"sotto/vmk/v1\0";
/// The half of a PIN's key that this machine keeps: that of the vault, and one that goes with the PIN.
pub const PIN_HALF: &[u8] = b"sotto/pin-half/v1\0";
/// The key that wraps the vault master key once more, under a PIN.
pub const PIN_KEK: &[u8] = b"sotto/pin-kek/v1\0";
/// What the vault master key that is wrapped under a PIN is bound to.
pub const PIN_VMK: &[u8] = b"sotto/pin-vmk/v1\0";
/// The vault database's key.
pub const DB_KEY: &[u8] = b"sotto/db-key/v1\0";
/// The vault database's salt.
pub const DB_SALT: &[u8] = b"sotto/db-salt/v1\0";
/// The key of the vault's own anchors.
pub const INTEGRITY_KEY: &[u8] = b"sotto/integrity/v1\0";
/// What notices a wrong combination of root sheets.
pub const ROOT_SECRETS: &[u8] = b"sotto/root-secrets/v1\0";
/// What notices a slip on one root sheet.
pub const ROOT_SHEET: &[u8] = b"sotto/root-sheet/v1\0";
/// What notices a slip in one line of a root sheet.
pub const ROOT_SHEET_LINE: &[u8] = b"sotto/root-sheet-line/v1\0";
