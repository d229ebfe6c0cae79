//! What did a wipe destroy, what was not there, and what is still there? The list that is signed into a receipt.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use sotto_crypto::vault_key::Opener;

use crate::home::KeyringItem;

/// What a wipe destroys, in the order of a list. Its name on the wire is the word in `snake_case`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// In the keyring: the machine's half of a vault's key. Without it the right password opens nothing.
    KDev,
    /// In the keyring: a device's signing key.
    DeviceKey,
    /// In the keyring: a vault's rollback anchor.
    Anchor,
    /// In the keyring: the mirror of the attempts at a password.
    Attempts,
    /// In the keyring: the half of a PIN's key.
    KPin,
    /// In the keyring: the mirror of the attempts at a PIN.
    PinAttempts,
    /// In the keyring: the server's share, cached.
    Share,
    /// In the keyring: what every machine of the clinic has and the server has not.
    WorkstationSecret,
    /// `vault.key`: the vault's key under a password.
    VaultKey,
    /// `pin.key`: the vault's key under a PIN.
    PinKey,
    /// `vault.db`: the encrypted vault.
    Vault,
    /// What lies beside it while it is open: its log and the log's index.
    VaultLog,
    /// Any other file of an account.
    AccountFile,
    /// A folder of an account, or the folder of all.
    Folder,
    /// A link among them: unlinked, and what it leads to was left alone.
    Link,
    /// A file, folder or link in one of the extra paths.
    Extra,
    /// An extra path that is not this program's to delete. It is always left.
    Refused,
    /// A person's name on the sign-in window.
    Tile,
    /// `workstation.json`.
    WorkstationFile,
}

/// How many of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Of what.
    pub kind: Kind,
    /// They were there, and are gone.
    pub destroyed: u32,
    /// They may have been there, and were not.
    pub absent: u32,
    /// They are there still, or the system does not say.
    pub left: u32,
}

/// What a wipe destroyed, by kind. No names, no paths.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Destroyed {
    /// The accounts it was about.
    pub accounts: u32,
    /// A line for each kind that was looked for, in the order of [`Kind`].
    pub lines: Vec<Line>,
}

impl Destroyed {
    /// Whether nothing is left.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.lines.iter().all(|line| line.left == 0)
    }

    /// Whether no vault of the target can be opened any more, whatever is left: every K_dev is gone, or every wrapped key.
    #[must_use]
    pub fn is_unreadable(&self) -> bool {
        let gone = |kinds: &[Kind]| self.lines.iter().all(|line| line.left == 0 || !kinds.contains(&line.kind));
        gone(&[Kind::KDev]) || gone(&[Kind::VaultKey, Kind::PinKey])
    }

    /// From what was counted before and what a scan found after.
    pub(super) fn new(accounts: usize, before: [&Tally; 2], after: [&Tally; 2]) -> Self {
        let kinds: BTreeSet<Kind> = before.iter().chain(&after).flat_map(|tally| tally.0.keys().copied()).collect();
        let lines = kinds.into_iter().map(|kind| {
            let (was, is) = (sum(before, kind), sum(after, kind));
            Line { kind, destroyed: was.there.saturating_sub(is.there), absent: was.absent, left: is.there }
        });
        Self { accounts: u32::try_from(accounts).unwrap_or(u32::MAX), lines: lines.collect() }
    }
}

impl From<KeyringItem> for Kind {
    fn from(item: KeyringItem) -> Self {
        match item {
            KeyringItem::KDev => Self::KDev,
            KeyringItem::DeviceKey => Self::DeviceKey,
            KeyringItem::Anchor => Self::Anchor,
            KeyringItem::Attempts => Self::Attempts,
            KeyringItem::KPin => Self::KPin,
            KeyringItem::PinAttempts => Self::PinAttempts,
            KeyringItem::Share => Self::Share,
        }
    }
}

impl From<Opener> for Kind {
    fn from(opener: Opener) -> Self {
        match opener {
            Opener::Password => Self::VaultKey,
            Opener::Pin => Self::PinKey,
        }
    }
}

/// What was found of each kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Tally(BTreeMap<Kind, Count>);

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Count {
    there: u32,
    absent: u32,
}

impl Tally {
    /// One more of that kind, which is there or is not.
    pub(super) fn count(&mut self, kind: Kind, there: bool) {
        let count = self.0.entry(kind).or_default();
        let counted = if there { &mut count.there } else { &mut count.absent };
        *counted = counted.saturating_add(1);
    }
}

fn sum(tallies: [&Tally; 2], kind: Kind) -> Count {
    let counts = tallies.into_iter().filter_map(|tally| tally.0.get(&kind));
    counts.fold(Count::default(), |sum, count| Count {
        there: sum.there.saturating_add(count.there),
        absent: sum.absent.saturating_add(count.absent),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(lines: &[(Kind, u32)]) -> Destroyed {
        let lines = lines.iter().map(|(kind, left)| Line { kind: *kind, destroyed: 1, absent: 0, left: *left });
        Destroyed { accounts: 2, lines: lines.collect() }
    }

    #[test]
    fn either_half_makes_a_vault_unreadable() {
        for (k_dev, wrapped, pin, unreadable) in [(0, 0, 0, true), (1, 0, 0, true), (0, 1, 1, true), (1, 1, 0, false), (1, 0, 1, false)] {
            let list = list(&[(Kind::KDev, k_dev), (Kind::VaultKey, wrapped), (Kind::PinKey, pin)]);
            assert_eq!(list.is_unreadable(), unreadable, "{list:?}");
            assert_eq!(list.is_complete(), k_dev + wrapped + pin == 0);
        }
    }

    #[test]
    fn what_appeared_after_the_count_is_left_too() {
        let (mut before, mut after) = (Tally::default(), Tally::default());
        for there in [true, true, false] {
            before.count(Kind::Vault, there);
        }
        after.count(Kind::Vault, true);
        after.count(Kind::Link, true);
        let list = Destroyed::new(2, [&before, &Tally::default()], [&after, &Tally::default()]);
        let wanted =
            [Line { kind: Kind::Vault, destroyed: 1, absent: 1, left: 1 }, Line { kind: Kind::Link, destroyed: 0, absent: 0, left: 1 }];
        assert_eq!(list.lines, wanted);
    }

    #[test]
    fn the_list_has_one_spelling() {
        let bytes = sotto_protocol::cbor::encode(&list(&[(Kind::KDev, 0), (Kind::WorkstationFile, 3)]));
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(text.contains("k_dev") && text.contains("workstation_file"), "{text}");
        let back: Destroyed = sotto_protocol::cbor::parse_canonical(&bytes, 1_000).unwrap();
        assert_eq!(back, list(&[(Kind::KDev, 0), (Kind::WorkstationFile, 3)]));
    }
}
