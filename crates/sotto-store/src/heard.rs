//! When did this machine last hear its server? A small public file; a rule may have a machine that nobody hears wipe itself.

use crate::{Home, Result, atomic_file};

const ATTEMPTED: &str = "note when the server was heard";

/// Notes the time, milliseconds since 1970; durable on return.
///
/// # Errors
/// [`crate::StoreError::File`].
pub fn store(home: &Home, at: u64) -> Result<()> {
    atomic_file::store(&home.heard_file(), at.to_string().as_bytes(), ATTEMPTED)
}

/// The time, or nothing for a machine that never heard it. A damaged file counts as heard in 1970: deleting it must not keep a machine alive
/// for ever, so it is read as long ago and not as never.
///
/// # Errors
/// [`crate::StoreError::File`].
pub fn load(home: &Home) -> Result<Option<u64>> {
    let kept = atomic_file::load(&home.heard_file(), "read when the server was heard")?;
    Ok(kept.map(|kept| std::str::from_utf8(&kept).ok().and_then(|text| text.parse().ok()).unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_comes_back_and_a_damaged_one_is_long_ago() {
        let dir = tempfile::tempdir().unwrap();
        let home = Home::open(dir.path()).unwrap();
        assert_eq!(load(&home).unwrap(), None);
        store(&home, 1_700_000_000_000).unwrap();
        assert_eq!(load(&home).unwrap(), Some(1_700_000_000_000));
        std::fs::write(home.heard_file(), "soon").unwrap();
        assert_eq!(load(&home).unwrap(), Some(0));
    }
}
