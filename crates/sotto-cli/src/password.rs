//! Where do the password and the PIN come from? From a file that was named, or from the person at the terminal.

use std::io::{BufRead, BufReader, IsTerminal};
use std::path::Path;

use sotto_client::view::{ErrorCode, Password};
use zeroize::Zeroizing;

use crate::args::{Options, UnlockArgs};
use crate::failure::{Failure, Outcome};

/// The password for an existing vault.
///
/// # Errors
/// `locked` if there is neither a file nor a terminal; `not_found` if the file cannot be read.
pub fn ask(options: &Options) -> Outcome<Password> {
    match from_file(options)? {
        Some(password) => Ok(password),
        None => prompt("Password: "),
    }
}

/// Whether there is anybody or anything to ask.
#[must_use]
pub fn is_at_hand(options: &Options) -> bool {
    options.password_file.is_some() || std::io::stdin().is_terminal()
}

/// A new password, asked for twice where a person types it.
///
/// # Errors
/// As [`ask`]; `malformed` if the two differ.
pub fn choose(options: &Options) -> Outcome<Password> {
    choose_from(options.password_file.as_deref())
}

/// As [`choose`], from another file.
///
/// # Errors
/// As [`choose`].
pub fn choose_from(file: Option<&Path>) -> Outcome<Password> {
    if let Some(path) = file {
        return first_line(path);
    }
    twice("New password (at least 12 characters): ")
}

/// A new PIN, asked for twice where a person types it.
///
/// # Errors
/// As [`choose`].
pub fn choose_pin(file: Option<&Path>) -> Outcome<Password> {
    file.map_or_else(|| twice("New PIN (6 to 12 digits): "), first_line)
}

/// The PIN that `unlock` was given, if it was.
///
/// # Errors
/// `not_found` for a file that cannot be read; `malformed` for an empty line.
pub fn pin(args: &UnlockArgs) -> Outcome<Option<Password>> {
    if args.pin_stdin {
        return from_parent().map(Some);
    }
    args.pin_file.as_deref().map(first_line).transpose()
}

fn twice(question: &str) -> Outcome<Password> {
    let first = prompt(question)?;
    let second = prompt("Once more: ")?;
    if first.expose() == second.expose() { Ok(first) } else { Err(Failure::new(ErrorCode::Malformed)) }
}

/// A secret in the first line of a file, or what whoever sits at the terminal answers.
///
/// # Errors
/// As [`ask`].
pub fn secret(file: Option<&Path>, question: &str) -> Outcome<Password> {
    match file {
        Some(path) => first_line(path),
        None => prompt(question),
    }
}

/// The password that the parent process wrote to standard input.
///
/// # Errors
/// `malformed` if there is none.
pub fn from_parent() -> Outcome<Password> {
    read_line(std::io::stdin().lock()).ok_or(Failure::new(ErrorCode::Malformed))
}

fn from_file(options: &Options) -> Outcome<Option<Password>> {
    options.password_file.as_deref().map(first_line).transpose()
}

fn first_line(path: &Path) -> Outcome<Password> {
    let file = std::fs::File::open(path).map_err(|_| Failure::new(ErrorCode::NotFound))?;
    read_line(BufReader::new(file)).ok_or(Failure::new(ErrorCode::Malformed))
}

fn read_line(mut from: impl BufRead) -> Option<Password> {
    let mut line = Zeroizing::new(String::with_capacity(1_024));
    from.read_line(&mut line).ok()?;
    let text = line.trim_end_matches(['\r', '\n']);
    (!text.is_empty()).then(|| Password::new(text.to_owned()))
}

fn prompt(text: &str) -> Outcome<Password> {
    if !std::io::stdin().is_terminal() {
        return Err(Failure::new(ErrorCode::Locked));
    }
    rpassword::prompt_password(text).map(Password::new).map_err(|_| Failure::new(ErrorCode::Cancelled))
}
