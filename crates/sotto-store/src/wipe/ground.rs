//! What belongs to a wipe: which accounts, which names in the keyring, which paths.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use sotto_protocol::AccountId;

use super::Target;
use super::extra;
use super::remove::{Shape, look};
use crate::home::{KeyringItem, WorkstationItem};
use crate::{Home, Keyring, WorkstationFile};

/// Where a wipe works.
pub(super) struct Ground<'a> {
    pub home: &'a Home,
    pub keyring: &'a Keyring,
    pub target: Target,
    /// Whose vaults go.
    pub accounts: BTreeSet<AccountId>,
    /// Paths elsewhere that go too.
    pub extra: Vec<PathBuf>,
    /// How many of those were refused.
    pub refused: usize,
}

impl<'a> Ground<'a> {
    /// `known` are the accounts that an earlier run found.
    pub(super) fn new(home: &'a Home, keyring: &'a Keyring, target: Target, known: &BTreeSet<AccountId>, extra: &[PathBuf]) -> Self {
        let accounts = match target {
            Target::Account(account) => BTreeSet::from([account]),
            Target::Workstation => find_accounts(home).union(known).copied().collect(),
        };
        let allowed: Vec<_> = extra.iter().filter_map(|path| extra::resolve(home.path(), path)).collect();
        let refused = extra.len() - allowed.len();
        Self { home, keyring, target, accounts, extra: allowed, refused }
    }

    /// The names in the keyring that go now, each with its item: everybody's K_dev first.
    pub(super) fn entries(&self) -> impl Iterator<Item = (KeyringItem, String)> + '_ {
        let of = move |item| self.accounts.iter().map(move |account| (item, self.home.keyring_name(*account, item)));
        KeyringItem::ALL.into_iter().flat_map(of)
    }

    /// The machine's own entry that goes now. Its key signs the receipt and goes at the end.
    pub(super) fn secret(&self) -> Option<String> {
        (self.target == Target::Workstation).then(|| self.home.workstation_keyring_name(WorkstationItem::Secret))
    }

    /// An account's folder, if it is reached through no link.
    pub(super) fn folder(&self, account: AccountId) -> Option<PathBuf> {
        let folder = self.home.account(account);
        (look(&self.home.accounts()) == Shape::Folder && look(&folder) == Shape::Folder).then_some(folder)
    }

    /// What goes as a whole: the account's folder, or the folder of all. Nothing where a link stands on the way to it, which is not
    /// one person's to remove.
    pub(super) fn tree(&self) -> Option<PathBuf> {
        match self.target {
            Target::Workstation => Some(self.home.accounts()),
            Target::Account(account) => (!self.is_linked()).then(|| self.home.account(account)),
        }
    }

    /// Whether the folder of all is a link.
    pub(super) fn is_linked(&self) -> bool {
        look(&self.home.accounts()) == Shape::Link
    }

    /// Whether this is the folder of one of the accounts.
    pub(super) fn is_account(&self, folder: &Path) -> bool {
        let name = folder.strip_prefix(self.home.accounts()).ok().and_then(Path::to_str);
        name.and_then(|name| name.parse().ok()).is_some_and(|account| self.accounts.contains(&account))
    }
}

/// Everybody who is on the disk or in the workstation's file. What cannot be read names nobody.
fn find_accounts(home: &Home) -> BTreeSet<AccountId> {
    let named = WorkstationFile::load(home).ok().flatten().map(|file| file.accounts()).unwrap_or_default();
    let folders = std::fs::read_dir(home.accounts()).into_iter().flatten().flatten();
    named.into_iter().chain(folders.filter_map(|folder| folder.file_name().to_str()?.parse().ok())).collect()
}
