//! How is a lease typed? `never`, hours, or a number with `s`, `m` or `h`; within what a clinic may choose.

use sotto_client::LEASE_MAX_S;

/// Reads the seconds of a lease; 0 is `never`.
///
/// # Errors
/// What is wrong with it, for whoever typed it.
pub fn parse_lease(text: &str) -> Result<u32, String> {
    let text = text.trim();
    if text == "never" {
        return Ok(0);
    }
    let (number, unit) = match text.strip_suffix(['s', 'm', 'h']) {
        Some(number) if text.ends_with('s') => (number, 1),
        Some(number) if text.ends_with('m') => (number, 60),
        Some(number) => (number, 3_600),
        None => (text, 3_600),
    };
    let wrong = || format!("a lease is `never`, or 1s to {}h: 12, 12h, 90m, 30s", LEASE_MAX_S / 3_600);
    let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let seconds = digits.then(|| number.parse::<u32>().ok()?.checked_mul(unit)).flatten();
    seconds.filter(|seconds| (1..=LEASE_MAX_S).contains(seconds)).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::parse_lease;

    #[test]
    fn hours_are_meant_unless_said_otherwise() {
        for (text, seconds) in [("never", 0), ("12", 43_200), (" 72h ", 259_200), ("90m", 5_400), ("15s", 15), ("720", 2_592_000)] {
            assert_eq!(parse_lease(text), Ok(seconds), "{text}");
        }
    }

    #[test]
    fn what_is_no_lease_is_refused_with_what_is() {
        for text in ["", "0", "0s", "Never", "-1", "+3", "1.5h", "721", "12 h", "h", "4294967295h", "forever", "12d"] {
            assert!(parse_lease(text).is_err_and(|why| why.contains("never") && why.contains("720h")), "{text}");
        }
    }
}
