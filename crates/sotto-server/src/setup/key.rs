//! Where the database's key comes from: a file that only the server's user reads, or the environment.

use ring::rand::{SecureRandom, SystemRandom};
use sotto_sqlcipher::Key;
use zeroize::Zeroizing;

use super::SetupError;
use super::files::{self, Folder};

/// Takes the place of the key file where a secret store starts the server: 96 hexadecimal digits, key before salt.
pub const KEY_VARIABLE: &str = "SOTTO_SERVER_DB_KEY";

const KEY_BYTES: usize = 48;

/// The database's key: from `given` (the variable's value), else from the folder.
///
/// # Errors
/// [`SetupError::Key`] for other text; [`SetupError::File`] if there is no file.
pub fn load_key(folder: &Folder, given: Option<Zeroizing<String>>) -> Result<Key, SetupError> {
    let text = match given {
        Some(text) => text,
        None => folder.load_secret(files::KEY)?,
    };
    let mut bytes = Zeroizing::new([0; KEY_BYTES]);
    hex::decode_to_slice(text.trim(), bytes.as_mut_slice()).map_err(|_| SetupError::Key)?;
    let (Some(key), Some(salt)) = (bytes.first_chunk(), bytes.last_chunk()) else { return Err(SetupError::Key) };
    Ok(Key::new(*key, *salt))
}

/// The text of a new key.
///
/// # Errors
/// [`SetupError::Randomness`].
pub(super) fn make_text() -> Result<Zeroizing<String>, SetupError> {
    let mut bytes = Zeroizing::new([0; KEY_BYTES]);
    SystemRandom::new().fill(bytes.as_mut_slice()).map_err(|_| SetupError::Randomness)?;
    Ok(Zeroizing::new(hex::encode(bytes.as_slice())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_comes_from_the_variable_before_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::new(dir.path());
        folder.store_secret(files::KEY, &"01".repeat(48)).unwrap();
        assert_eq!(load_key(&folder, None).unwrap().key, [1; 32]);
        assert_eq!(load_key(&folder, Some("02".repeat(48).into())).unwrap().salt, [2; 16]);
        assert!(matches!(load_key(&folder, Some("02".repeat(47).into())), Err(SetupError::Key)));
        assert_ne!(*make_text().unwrap(), *make_text().unwrap());
    }
}
