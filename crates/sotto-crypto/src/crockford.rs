//! How are random bits written so that a person can copy them from paper? In Crockford's base32: no I, L, O, U.

const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The digit of five bits.
pub(crate) fn digit(value: u8) -> u8 {
    DIGITS.get(usize::from(value)).copied().unwrap_or(b'0')
}

/// The digit that a person meant: small letters, O for 0, I and L for 1.
pub(crate) fn read(typed: char) -> Option<u8> {
    let typed = match typed.to_ascii_uppercase() {
        'O' => b'0',
        'I' | 'L' => b'1',
        other => u8::try_from(other).ok()?,
    };
    DIGITS.contains(&typed).then_some(typed)
}

/// The five bits of a digit.
pub(crate) fn value(digit: u8) -> Option<u8> {
    DIGITS.iter().position(|known| *known == digit).and_then(|place| u8::try_from(place).ok())
}

/// Whether a character is only there to be read more easily.
pub(crate) fn is_filling(typed: char) -> bool {
    typed.is_whitespace() || matches!(typed, '-' | '\u{2010}'..='\u{2015}')
}
