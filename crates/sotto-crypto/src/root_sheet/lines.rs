//! How are bytes written so that a slip of the typing hand is found, and where? In numbered lines of short groups, each with its own check.

use sotto_protocol::verify;
use zeroize::Zeroizing;

use super::text::SheetTextError;
use crate::crockford::{digit, is_filling, read, value};
use crate::label;
use crate::secret::SecretVec;

/// Bytes of a line: 24 digits.
const LINE_BYTES: usize = 15;
const GROUP: usize = 4;
const CHECK_DIGITS: usize = 4;

/// The lines, each `number  groups  check`.
pub(super) fn write(bytes: &[u8], out: &mut String) {
    for (number, line) in (1..).zip(bytes.chunks(LINE_BYTES)) {
        let digits = digits(line);
        out.push_str(&format!("{number:>2} "));
        for group in digits.as_bytes().chunks(GROUP) {
            out.push(' ');
            out.extend(group.iter().map(|digit| char::from(*digit)));
        }
        out.push_str("  ");
        out.extend(check(number, digits.as_bytes()).map(char::from));
        out.push('\n');
    }
}

/// The bytes of lines that were typed; `expected` says how many bytes there are, from the first line's.
///
/// # Errors
/// Which line is wrong or missing.
pub(super) fn parse(text: &str, expected: impl Fn(&[u8]) -> Option<usize>) -> Result<SecretVec, SheetTextError> {
    let mut typed = text.lines().map(str::trim).filter(|line| line.starts_with(|first: char| first.is_ascii_digit()));
    // As long as it can get: growing would leave copies behind.
    let mut bytes = Vec::with_capacity(text.len());
    for number in 1..=u8::MAX {
        let Some(line) = typed.next() else { break };
        let told = line.split(|c: char| !c.is_ascii_digit()).next().and_then(|told| told.parse::<u8>().ok());
        match told {
            Some(told) if told == number => bytes.extend_from_slice(parse_line(number, line)?.as_bytes()),
            Some(later) if later > number => return Err(SheetTextError::Missing(number)),
            _ => return Err(SheetTextError::Line(number)),
        }
    }
    let bytes = SecretVec::from_vec(bytes);
    let lines = u8::try_from(bytes.as_bytes().len().div_ceil(LINE_BYTES)).unwrap_or(u8::MAX);
    match expected(bytes.as_bytes()) {
        None => Err(SheetTextError::NotASheet),
        Some(length) if length > bytes.as_bytes().len() => Err(SheetTextError::Missing(lines.saturating_add(1))),
        Some(length) if length < bytes.as_bytes().len() => Err(SheetTextError::Line(lines)),
        Some(_) => Ok(bytes),
    }
}

fn parse_line(number: u8, line: &str) -> Result<SecretVec, SheetTextError> {
    let wrong = SheetTextError::Line(number);
    let mut digits = Zeroizing::new(Vec::with_capacity(line.len()));
    for typed in line.trim_start_matches(|c: char| c.is_ascii_digit()).chars().filter(|c| !is_filling(*c)) {
        digits.push(read(typed).ok_or(wrong)?);
    }
    let end = digits.len().checked_sub(CHECK_DIGITS).ok_or(wrong)?;
    let (data, told) = digits.split_at_checked(end).ok_or(wrong)?;
    if check(number, data) != *told {
        return Err(wrong);
    }
    undigits(data).ok_or(wrong)
}

/// Five bits a digit; zeros behind the last bit.
fn digits(bytes: &[u8]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(bytes.len().saturating_mul(8).div_ceil(5)));
    let (mut held, mut bits) = (0_u32, 0_u32);
    for byte in bytes {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(five(held >> bits)));
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        text.push(char::from(five(held << (5 - bits))));
    }
    text
}

fn undigits(digits: &[u8]) -> Option<SecretVec> {
    let mut bytes = Vec::with_capacity(digits.len());
    let (mut held, mut bits) = (0_u32, 0_u32);
    for one in digits {
        held = (held << 5) | u32::from(value(*one)?);
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from((held >> bits) & 0xff).ok()?);
        }
        held &= (1 << bits) - 1;
    }
    let bytes = SecretVec::from_vec(bytes);
    // One way to write it: no digit that says nothing, and nothing in the bits that are left.
    (bits < 5 && held == 0).then_some(bytes)
}

fn five(bits: u32) -> u8 {
    digit(u8::try_from(bits & 31).unwrap_or(0))
}

/// Twenty bits over the line's number and its digits.
fn check(number: u8, digits: &[u8]) -> [u8; CHECK_DIGITS] {
    let hash = verify::sha256(&[label::ROOT_SHEET_LINE, &[number], digits]);
    let mut check = [0; CHECK_DIGITS];
    check.iter_mut().zip(hash.as_bytes()).for_each(|(to, from)| *to = digit(from & 31));
    check
}
