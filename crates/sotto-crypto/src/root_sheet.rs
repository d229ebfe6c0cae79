//! How do an organisation's first secrets outlive its founder? Shared over printed sheets, of which any M of N bring them back.

mod lines;
mod secrets;
mod share;
#[cfg(test)]
mod tests;
mod text;

use std::collections::HashSet;

use rand_core::CryptoRng;
use sotto_protocol::{ErrorCode, OrgId};
use vsss_rs::Gf256;
use zeroize::Zeroizing;

use crate::secret::SecretVec;

pub use secrets::RootSecrets;
pub use share::Sheet;
pub use sotto_protocol::limits::ROOT_SHEETS;
pub use text::{SheetFacts, SheetTextError};

/// How many sheets there are, and how many of them are enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Splitting {
    needed: u8,
    of: u8,
}

impl Splitting {
    /// Two of three: one sheet may burn, and one thief has nothing.
    pub const USUAL: Self = Self { needed: 2, of: 3 };

    /// `needed` of `of` sheets; `None` unless both are 1, or 2 ≤ `needed` ≤ `of` ≤ [`ROOT_SHEETS`]: one of several would be so many copies.
    #[must_use]
    pub fn new(needed: u8, of: u8) -> Option<Self> {
        let shared = needed >= 2 && needed <= of && usize::from(of) <= ROOT_SHEETS;
        (shared || (needed, of) == (1, 1)).then_some(Self { needed, of })
    }

    /// How many sheets bring the secrets back.
    #[must_use]
    pub const fn needed(self) -> u8 {
        self.needed
    }

    /// How many sheets there are.
    #[must_use]
    pub const fn of(self) -> u8 {
        self.of
    }
}

/// Why sheets do not bring the secrets back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CombineError {
    /// A sheet is another organisation's.
    #[error("a sheet is of another organisation")]
    Foreign,
    /// The same sheet comes twice.
    #[error("a sheet comes twice")]
    Repeated,
    /// Sheets that were not printed together.
    #[error("the sheets were not printed together")]
    Mixed,
    /// Fewer than are needed.
    #[error("there are too few sheets")]
    TooFew,
    /// Each sheet reads well, and together they are no organisation's secrets: somebody made one up.
    #[error("the sheets do not fit together")]
    Unfit,
}

impl CombineError {
    /// The code that says it to people.
    #[must_use]
    pub const fn code(self) -> ErrorCode {
        match self {
            Self::Foreign => ErrorCode::SheetForeign,
            Self::Repeated => ErrorCode::SheetRepeated,
            Self::TooFew => ErrorCode::SheetsTooFew,
            Self::Mixed | Self::Unfit => ErrorCode::SheetsUnfit,
        }
    }
}

/// Shares the secrets: any `splitting.needed()` of the sheets bring them back, fewer say nothing of them.
#[must_use]
pub fn split(secrets: &RootSecrets, splitting: Splitting, rng: &mut impl CryptoRng) -> Vec<Sheet> {
    let body = secrets.encode();
    let set = crate::random::make_bytes(rng);
    let org = secrets.org();
    let sheet = |(index, share): (u8, SecretVec)| Sheet { org, set, splitting, index, share };
    shares(&body, splitting, rng).into_iter().map(sheet).collect()
}

/// The shares with their numbers, from 1.
fn shares(body: &SecretVec, splitting: Splitting, rng: &mut impl CryptoRng) -> Vec<(u8, SecretVec)> {
    if splitting.of == 1 {
        return vec![(1, body.clone())];
    }
    let (needed, of) = (usize::from(splitting.needed), usize::from(splitting.of));
    let numbered = match Gf256::split_bytes(needed, of, body.as_bytes(), rng) {
        Ok(shares) => Zeroizing::new(shares),
        Err(_) => unreachable!("the numbers were checked and the secret is not empty"),
    };
    numbered.iter().filter_map(|share| share.split_first()).map(|(index, share)| (*index, SecretVec::from(share))).collect()
}

/// The secrets of this organisation, from at least as many sheets as are needed. More than that must fit as well.
///
/// # Errors
/// [`CombineError`], the first that holds.
pub fn combine(sheets: &[Sheet], org: OrgId) -> Result<RootSecrets, CombineError> {
    if sheets.iter().any(|sheet| sheet.org != org) {
        return Err(CombineError::Foreign);
    }
    let first = sheets.first().ok_or(CombineError::TooFew)?;
    if sheets.iter().any(|sheet| sheet.set != first.set || sheet.splitting != first.splitting) {
        return Err(CombineError::Mixed);
    }
    let mut seen = HashSet::new();
    if !sheets.iter().all(|sheet| seen.insert(sheet.index)) {
        return Err(CombineError::Repeated);
    }
    if sheets.len() < usize::from(first.splitting.needed) {
        return Err(CombineError::TooFew);
    }
    let body = if first.splitting.of == 1 { first.share.clone() } else { interpolate(sheets)? };
    RootSecrets::parse(&body, org).ok_or(CombineError::Unfit)
}

fn interpolate(sheets: &[Sheet]) -> Result<SecretVec, CombineError> {
    let numbered = |sheet: &Sheet| [&[sheet.index], sheet.share.as_bytes()].concat();
    let shares = Zeroizing::new(sheets.iter().map(numbered).collect::<Vec<Vec<u8>>>());
    Gf256::combine_bytes(shares.as_slice()).map(SecretVec::from_vec).map_err(|_| CombineError::Unfit)
}
