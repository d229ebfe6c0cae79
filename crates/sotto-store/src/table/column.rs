//! How the domain's values stand in columns: ids as blobs, enumerations as small integers that never change, nested values as CBOR.

use rusqlite::Row;
use rusqlite::types::Type;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sotto_crypto::login::Login;
use sotto_crypto::{Secret32, SecretVec};
use sotto_protocol::entry::ThreadClass;
use sotto_protocol::event::Priority;
use sotto_protocol::{ErrorCode, cbor};

/// A column that does not hold what this build writes there. Carries no value.
#[derive(Debug, thiserror::Error)]
#[error("the column holds another kind of value")]
struct Unexpected;

fn unexpected(index: usize, kind: Type) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(index, kind, Box::new(Unexpected))
}

/// An id, key or hash: anything with a fixed number of bytes.
pub fn bytes<T>(row: &Row<'_>, index: usize) -> rusqlite::Result<T>
where
    T: for<'a> TryFrom<&'a [u8]>,
{
    let blob = row.get_ref(index)?.as_blob().map_err(|_| unexpected(index, Type::Blob))?;
    T::try_from(blob).map_err(|_| unexpected(index, Type::Blob))
}

/// As [`bytes`], or nothing where the column is null.
pub fn optional_bytes<T>(row: &Row<'_>, index: usize) -> rusqlite::Result<Option<T>>
where
    T: for<'a> TryFrom<&'a [u8]>,
{
    if row.get_ref(index)? == rusqlite::types::ValueRef::Null { Ok(None) } else { bytes(row, index).map(Some) }
}

/// 32 secret bytes, copied once, out of SQLite's memory into memory that is erased.
pub fn secret(row: &Row<'_>, index: usize) -> rusqlite::Result<Secret32> {
    optional_secret(row, index)?.ok_or_else(|| unexpected(index, Type::Null))
}

/// As [`secret`], or nothing where the column is null.
pub fn optional_secret(row: &Row<'_>, index: usize) -> rusqlite::Result<Option<Secret32>> {
    let blob = row.get_ref(index)?.as_blob_or_null().map_err(|_| unexpected(index, Type::Blob))?;
    blob.map(|blob| Secret32::from_slice(blob).ok_or_else(|| unexpected(index, Type::Blob))).transpose()
}

/// Secret bytes of any number.
pub fn secret_vec(row: &Row<'_>, index: usize) -> rusqlite::Result<SecretVec> {
    let blob = row.get_ref(index)?.as_blob().map_err(|_| unexpected(index, Type::Blob))?;
    Ok(SecretVec::from(blob))
}

/// A login name.
pub fn login(row: &Row<'_>, index: usize) -> rusqlite::Result<Login> {
    Login::try_from(row.get::<_, String>(index)?).map_err(|_| unexpected(index, Type::Text))
}

/// A count, a seq, a position or a time.
pub fn unsigned<T: TryFrom<i64>>(row: &Row<'_>, index: usize) -> rusqlite::Result<T> {
    let number: i64 = row.get(index)?;
    T::try_from(number).map_err(|_| unexpected(index, Type::Integer))
}

/// A number for a column. SQLite's integers end at 2^63; nothing in Sotto comes near.
pub const fn integer(number: u64) -> i64 {
    if number > i64::MAX as u64 { i64::MAX } else { number as i64 }
}

/// A nested value.
pub fn parse_cbor<T: DeserializeOwned>(row: &Row<'_>, index: usize) -> rusqlite::Result<T> {
    let blob = row.get_ref(index)?.as_blob().map_err(|_| unexpected(index, Type::Blob))?;
    cbor::parse(blob, blob.len()).map_err(|_| unexpected(index, Type::Blob))
}

/// As [`parse_cbor`], or nothing where the column is null.
pub fn parse_optional_cbor<T: DeserializeOwned>(row: &Row<'_>, index: usize) -> rusqlite::Result<Option<T>> {
    if row.get_ref(index)? == rusqlite::types::ValueRef::Null { Ok(None) } else { parse_cbor(row, index).map(Some) }
}

/// The bytes of a nested value.
pub fn cbor<T: Serialize>(value: &T) -> Vec<u8> {
    cbor::encode(value)
}

/// An enumeration's value from its number.
pub fn known<T>(row: &Row<'_>, index: usize, from: impl FnOnce(u8) -> Option<T>) -> rusqlite::Result<T> {
    from(unsigned(row, index)?).ok_or_else(|| unexpected(index, Type::Integer))
}

/// The number of a priority; rising, so that the highest is the maximum.
pub const fn priority_number(priority: Priority) -> u8 {
    match priority {
        Priority::Fyi => 0,
        Priority::Action => 1,
        Priority::Concern => 2,
        Priority::Stat => 3,
    }
}

/// The priority of a number.
pub const fn priority(number: u8) -> Option<Priority> {
    match number {
        0 => Some(Priority::Fyi),
        1 => Some(Priority::Action),
        2 => Some(Priority::Concern),
        3 => Some(Priority::Stat),
        _ => None,
    }
}

/// The number of a thread's class.
pub const fn class_number(class: ThreadClass) -> u8 {
    match class {
        ThreadClass::Clinical => 0,
        ThreadClass::Scheduling => 1,
        ThreadClass::Billing => 2,
        ThreadClass::Staff => 3,
    }
}

/// The class of a number.
pub const fn class(number: u8) -> Option<ThreadClass> {
    match number {
        0 => Some(ThreadClass::Clinical),
        1 => Some(ThreadClass::Scheduling),
        2 => Some(ThreadClass::Billing),
        3 => Some(ThreadClass::Staff),
        _ => None,
    }
}

/// An error code, or nothing where the column is null. A code of a newer build reads as [`ErrorCode::Internal`].
pub fn code(row: &Row<'_>, index: usize) -> rusqlite::Result<Option<ErrorCode>> {
    let number: Option<u8> = row.get(index)?;
    Ok(number.map(|number| ErrorCode::from_number(number).unwrap_or(ErrorCode::Internal)))
}
