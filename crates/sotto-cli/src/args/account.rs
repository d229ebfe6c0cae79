//! What may be typed about one's own account: enrolling, signing in, passwords, PINs?

use std::path::PathBuf;

use clap::{Args, Subcommand};
use sotto_protocol::DeviceId;

/// Where a code of the second factor comes from; without either, whoever sits at the terminal is asked.
#[derive(Debug, Clone, Args)]
pub struct CodeArgs {
    /// Read the second factor's code from standard input, one line.
    #[arg(long)]
    pub totp_code_stdin: bool,
    /// Read the second factor's code from the first line of this file.
    #[arg(long, value_name = "FILE", conflicts_with = "totp_code_stdin")]
    pub code_file: Option<PathBuf>,
}

/// `enrol`.
#[derive(Debug, Args)]
pub struct EnrolArgs {
    /// The invite, or `@FILE` that holds it.
    pub invite: String,
    /// Where the second factor's code comes from.
    #[command(flatten)]
    pub code: CodeArgs,
}

/// `sign-in`.
#[derive(Debug, Args)]
pub struct SignInArgs {
    /// Name, account id, or login name.
    pub name: String,
    /// Where the second factor's code comes from, if one is needed.
    #[command(flatten)]
    pub code: CodeArgs,
    /// At a new machine, return when the newest messages are here instead of all.
    #[arg(long)]
    pub no_wait: bool,
}

/// `recover`.
#[derive(Debug, Args)]
pub struct RecoverArgs {
    /// The login name.
    pub login: String,
    /// Read the recovery code from the first line of this file instead of asking.
    #[arg(long, value_name = "FILE")]
    pub recovery_code_file: Option<PathBuf>,
    /// Where the second factor's code comes from.
    #[command(flatten)]
    pub code: CodeArgs,
}

/// Commands on the password.
#[derive(Debug, Subcommand)]
pub enum PasswordCommand {
    /// Change it, here and for signing in elsewhere; prints new recovery codes.
    Change(PasswordChangeArgs),
}

/// `password change`.
#[derive(Debug, Args)]
pub struct PasswordChangeArgs {
    /// Read the new password from the first line of this file instead of asking.
    #[arg(long, value_name = "FILE")]
    pub new_password_file: Option<PathBuf>,
    /// Where the second factor's code comes from.
    #[command(flatten)]
    pub code: CodeArgs,
}

/// Commands on the PIN.
#[derive(Debug, Subcommand)]
pub enum PinCommand {
    /// Set it, or another one: 6 to 12 digits, for this machine only. Needs the password.
    Set(PinSetArgs),
    /// Remove it.
    Remove,
}

/// `pin set`.
#[derive(Debug, Args)]
pub struct PinSetArgs {
    /// Read the new PIN from the first line of this file instead of asking.
    #[arg(long, value_name = "FILE")]
    pub new_pin_file: Option<PathBuf>,
}

/// `unlock`.
#[derive(Debug, Args)]
pub struct UnlockArgs {
    /// Open with the PIN in the first line of this file instead of the password.
    #[arg(long, value_name = "FILE")]
    pub pin_file: Option<PathBuf>,
    /// Open with the PIN in one line of standard input instead of the password.
    #[arg(long, conflicts_with = "pin_file")]
    pub pin_stdin: bool,
}

/// `sign-ins`.
#[derive(Debug, Args)]
pub struct SignInsArgs {
    /// What to say or do; without it, list them.
    #[command(subcommand)]
    pub answer: Option<SignInAnswer>,
}

/// What to say of a sign-in that `status` tells of, or to do about it.
#[derive(Debug, Subcommand)]
pub enum SignInAnswer {
    /// That was you.
    Mine {
        /// The device that `status` names.
        device: DeviceId,
    },
    /// That was not you.
    NotMine {
        /// The device that `status` names.
        device: DeviceId,
    },
    /// End it: the session there closes, and what waits there to be sent never is.
    End {
        /// The device that `status` names.
        device: DeviceId,
    },
}
