//! Whether an older copy of a vault is noticed when it is put back.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use sotto_store::anchor::{Anchor, Standing};
use sotto_store::table::meta::{self, Meta};
use sotto_store::{Key, Keyring, Vault, vault};

fn key() -> Key {
    Key::new([7; 32], [9; 16])
}

#[tokio::test]
async fn an_older_copy_of_the_vault_is_noticed_once_and_lives_on() {
    let dir = tempfile::tempdir().unwrap();
    let anchor = Anchor::new(Keyring::insecure_file(dir.path()).unwrap(), "anchor".into());
    let vault = Vault::create(dir.path(), &key()).unwrap();
    assert_eq!(anchor.check(&vault).await.unwrap(), Standing::Current);
    anchor.raise(&vault).await.unwrap();
    vault.close().await;
    let path = dir.path().join(vault::FILE);
    let older = std::fs::read(&path).unwrap();
    let vault = Vault::open(dir.path(), &key()).unwrap();
    assert_eq!(anchor.check(&vault).await.unwrap(), Standing::Current);
    vault.close().await;
    std::fs::write(&path, older).unwrap();
    let vault = Vault::open(dir.path(), &key()).unwrap();
    assert_eq!(anchor.check(&vault).await.unwrap(), Standing::RolledBack);
    assert_eq!(vault.read(|c| meta::load(c, Meta::RolledBack)).await.unwrap(), 1);
    vault.close().await;
    let vault = Vault::open(dir.path(), &key()).unwrap();
    assert_eq!(anchor.check(&vault).await.unwrap(), Standing::Current, "both were raised");
    assert_eq!(vault.read(|c| meta::load(c, Meta::RolledBack)).await.unwrap(), 1, "the note stays until somebody clears it");
    vault.close().await;
}

#[tokio::test]
async fn a_crash_between_vault_and_keyring_is_no_rollback() {
    let dir = tempfile::tempdir().unwrap();
    let keyring = Keyring::insecure_file(dir.path()).unwrap();
    let anchor = Anchor::new(keyring.clone(), "anchor".into());
    let vault = Vault::create(dir.path(), &key()).unwrap();
    anchor.check(&vault).await.unwrap();
    let before = keyring.get("anchor").unwrap().unwrap();
    anchor.raise(&vault).await.unwrap();
    keyring.set("anchor", before.as_bytes()).unwrap();
    assert_eq!(anchor.check(&vault).await.unwrap(), Standing::Current);
    vault.close().await;
}
