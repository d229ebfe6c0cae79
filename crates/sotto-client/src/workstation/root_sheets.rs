//! What are the organisation's root sheets worth? Any M of N, typed or scanned, are checked here against the root that this machine pinned.

use std::collections::HashSet;

use sotto_crypto::root_sheet::{CombineError, RootSecrets, Sheet, SheetTextError, combine};
use sotto_protocol::{ErrorCode, OrgId};
use zeroize::Zeroizing;

use super::Workstation;
use crate::error::{ClientError, Result};
use crate::view::{SecretText, SheetView, SheetsView};

/// The texts to print when an organisation begins: for paper in several safes, not for a disk. Zeroized when dropped.
pub struct RootSheets(Vec<Zeroizing<String>>);

impl RootSheets {
    pub(super) const fn new(texts: Vec<Zeroizing<String>>) -> Self {
        Self(texts)
    }

    /// Sheet after sheet, in their order.
    pub fn texts(&self) -> impl ExactSizeIterator<Item = &str> {
        self.0.iter().map(|text| text.as_str())
    }
}

impl std::fmt::Debug for RootSheets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RootSheets({})", self.0.len())
    }
}

impl Workstation {
    /// Whether these sheets bring back the root of this machine's organisation: a drill, which tells no secret and changes nothing.
    ///
    /// # Errors
    /// `not_enrolled` on a machine that is nobody's. What is wrong with the sheets is in the answer.
    pub fn check_root_sheets(&self, texts: &[SecretText]) -> Result<SheetsView> {
        let org = self.enrolled_file()?.org;
        let read: Vec<_> = texts.iter().map(|text| Sheet::parse_text(text.expose())).collect();
        let mut seen = HashSet::new();
        let sheets = read.iter().map(|sheet| view(sheet.as_ref(), org, &mut seen)).collect();
        let problem = bring_back(read, org).err();
        Ok(SheetsView { sheets, problem })
    }
}

/// The root's secrets, from the texts of enough sheets.
///
/// # Errors
/// `sheet_malformed`, `sheet_foreign`, `sheet_repeated`, `sheets_too_few`, `sheets_unfit`.
pub(crate) fn read_root(texts: &[SecretText], org: OrgId) -> Result<RootSecrets> {
    let read = texts.iter().map(|text| Sheet::parse_text(text.expose())).collect();
    bring_back(read, org).map_err(|code| ClientError::new(code, "read the root's sheets"))
}

fn bring_back(read: Vec<std::result::Result<Sheet, SheetTextError>>, org: OrgId) -> std::result::Result<RootSecrets, ErrorCode> {
    let sheets: Vec<Sheet> = read.into_iter().collect::<std::result::Result<_, _>>().map_err(|_| SheetTextError::CODE)?;
    combine(&sheets, org).map_err(CombineError::code)
}

fn view(sheet: std::result::Result<&Sheet, &SheetTextError>, org: OrgId, seen: &mut HashSet<u8>) -> SheetView {
    match sheet {
        Ok(sheet) => {
            let problem = match sheet.org() {
                other if other != org => Some(ErrorCode::SheetForeign),
                _ if !seen.insert(sheet.index()) => Some(ErrorCode::SheetRepeated),
                _ => None,
            };
            let splitting = sheet.splitting();
            SheetView { index: Some(sheet.index()), of: Some(splitting.of()), needed: Some(splitting.needed()), problem, line: None }
        }
        Err(error) => SheetView { index: None, of: None, needed: None, problem: Some(SheetTextError::CODE), line: error.line() },
    }
}
