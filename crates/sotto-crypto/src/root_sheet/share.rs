//! Which bytes are one sheet? Whose it is and of how many, its share, and a check over all of it.

use sotto_protocol::{OrgId, verify};

use super::Splitting;
use crate::label;
use crate::secret::SecretVec;

const VERSION: u8 = 1;
const ORG_BYTES: usize = 16;
/// Version, length of everything, organisation, set, needed, of, index.
const HEAD_BYTES: usize = 2 + ORG_BYTES + SET_BYTES + 3;
const CHECK_BYTES: usize = 8;
/// What sheets that were printed together have in common.
pub(super) const SET_BYTES: usize = 4;

/// One sheet: a share that says nothing alone (unless it is the only one). Silent in `Debug`, zeroized on drop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    pub(super) org: OrgId,
    pub(super) set: [u8; SET_BYTES],
    pub(super) splitting: Splitting,
    pub(super) index: u8,
    pub(super) share: SecretVec,
}

impl Sheet {
    /// Whose it is.
    #[must_use]
    pub const fn org(&self) -> OrgId {
        self.org
    }

    /// Of how many sheets it is one, and how many of them are enough.
    #[must_use]
    pub const fn splitting(&self) -> Splitting {
        self.splitting
    }

    /// Which of them it is, from 1.
    #[must_use]
    pub const fn index(&self) -> u8 {
        self.index
    }

    /// `version | length | organisation | set | needed | of | index | share | check`.
    pub(super) fn encode(&self) -> SecretVec {
        let length = u8::try_from(HEAD_BYTES + self.share.as_bytes().len() + CHECK_BYTES).unwrap_or(u8::MAX);
        let (head, last) = ([VERSION, length], [self.splitting.needed, self.splitting.of, self.index]);
        let body = [head.as_slice(), self.org.as_bytes(), &self.set, &last, self.share.as_bytes()].concat();
        let body = SecretVec::from_vec(body);
        SecretVec::from_vec([body.as_bytes(), &check(body.as_bytes())].concat())
    }

    /// How long a sheet is that begins so.
    pub(super) fn length_of(bytes: &[u8]) -> Option<usize> {
        bytes.get(1).map(|length| usize::from(*length))
    }

    /// The sheet, if the bytes are one.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        let end = bytes.len().checked_sub(CHECK_BYTES)?;
        let (body, told) = bytes.split_at_checked(end)?;
        if check(body) != told || Self::length_of(bytes)? != bytes.len() {
            return None;
        }
        let ([version, _], rest) = body.split_first_chunk::<2>()?;
        let (org, rest) = rest.split_first_chunk::<ORG_BYTES>()?;
        let (set, rest) = rest.split_first_chunk::<SET_BYTES>()?;
        let ([needed, of, index], share) = rest.split_first_chunk::<3>()?;
        let splitting = Splitting::new(*needed, *of)?;
        let is_one = *version == VERSION && (1..=*of).contains(index) && !share.is_empty();
        is_one.then(|| Self { org: OrgId::from_bytes(*org), set: *set, splitting, index: *index, share: SecretVec::from(share) })
    }
}

fn check(body: &[u8]) -> [u8; CHECK_BYTES] {
    let hash = verify::sha256(&[label::ROOT_SHEET, body]);
    let mut check = [0; CHECK_BYTES];
    check.iter_mut().zip(hash.as_bytes()).for_each(|(to, from)| *to = *from);
    check
}
