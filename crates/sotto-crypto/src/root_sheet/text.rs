//! What stands on a printed sheet? Whose it is and how many make the whole, in words, and the share in lines to type.

use sotto_protocol::ErrorCode;
use zeroize::Zeroizing;

use super::share::Sheet;
use super::{Splitting, lines};

/// Nothing longer is looked at, in bytes.
const TEXT_BYTES: usize = 16 * 1024;

/// What is printed in words beside the share. It is not read back.
#[derive(Debug, Clone, Copy)]
pub struct SheetFacts<'a> {
    /// What the clinic calls itself.
    pub clinic: &'a str,
    /// Where its server is.
    pub server: &'a str,
}

/// Why a text is no sheet. Lines are counted as they are numbered on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SheetTextError {
    /// There is nothing in it that a sheet has.
    #[error("the text is no root sheet")]
    NotASheet,
    /// A character of that line is wrong.
    #[error("line {0} of the sheet is not as it was printed")]
    Line(u8),
    /// That line is not there.
    #[error("line {0} of the sheet is missing")]
    Missing(u8),
    /// Every line fits, and all of them together are not one sheet: lines of several.
    #[error("the sheet's lines do not belong together")]
    Damaged,
}

impl SheetTextError {
    /// The code that says it to people.
    pub const CODE: ErrorCode = ErrorCode::SheetMalformed;

    /// The line to look at again, where it is one.
    #[must_use]
    pub const fn line(self) -> Option<u8> {
        match self {
            Self::Line(line) | Self::Missing(line) => Some(line),
            Self::NotASheet | Self::Damaged => None,
        }
    }
}

impl Sheet {
    /// The text to print. It is as secret as the share.
    #[must_use]
    pub fn print(&self, facts: SheetFacts<'_>) -> Zeroizing<String> {
        let Splitting { needed, of } = self.splitting;
        let says = match needed {
            1 => "This sheet alone signs for the clinic and opens its archive. Lock it away.".to_owned(),
            _ => format!(
                "Any {needed} of these {of} sheets together sign for the clinic and open its archive; fewer tell nothing.\n\
                 Lock each away at another place, with another person."
            ),
        };
        // Room for all of it: growing would leave copies behind.
        let mut text = Zeroizing::new(String::with_capacity(4 * 1024));
        text.push_str(&format!(
            "SOTTO ROOT SHEET: sheet {} of {of}, any {needed}\n\n{says}\nPrint this, then delete the file.\n\n\
             Clinic          {}\nServer          {}\nOrganisation    {}\n\n",
            self.index,
            one_line(facts.clinic),
            one_line(facts.server),
            self.org
        ));
        lines::write(self.encode().as_bytes(), &mut text);
        text.push_str("\nThe last group of each line is its check. Letters that look like digits are digits: there is no I, L, O or U.\n");
        text
    }

    /// Reads what was typed or scanned: small letters, O for 0, I and L for 1 are all right; what does not begin with a line's number does
    /// not count.
    ///
    /// # Errors
    /// [`SheetTextError`], which names the line.
    pub fn parse_text(text: &str) -> Result<Self, SheetTextError> {
        if text.len() > TEXT_BYTES {
            return Err(SheetTextError::NotASheet);
        }
        let bytes = lines::parse(text, Self::length_of)?;
        Self::parse(bytes.as_bytes()).ok_or(SheetTextError::Damaged)
    }
}

/// A name cannot begin a line of its own.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(sotto_protocol::limits::FIELD_CHARS).collect()
}
