//! What may be typed about the rules that hold for oneself?

use clap::{Args, Subcommand};
use sotto_protocol::limits::{OWN_IDLE_LOCK_MIN_S, OWN_SESSION_MIN_S};

use super::attachment::AttachmentArgs;

/// `rules`.
#[derive(Debug, Args)]
pub struct RulesArgs {
    /// Set rules of your own; without it, list what holds here and whose rule each is.
    #[command(subcommand)]
    pub command: Option<RulesCommand>,
}

/// Commands on one's own rules.
#[derive(Debug, Subcommand)]
pub enum RulesCommand {
    /// Tighten for yourself what holds at this machine; never loosen. What is not named is left to the clinic; without anything, all is.
    Set(OwnRulesArgs),
}

/// `rules set`.
#[derive(Debug, Args)]
pub struct OwnRulesArgs {
    /// Idle time before the lock, in seconds.
    #[arg(long, value_parser = clap::value_parser!(u32).range(i64::from(OWN_IDLE_LOCK_MIN_S)..))]
    pub idle_lock: Option<u32>,
    /// A session's longest time, in seconds.
    #[arg(long, value_parser = clap::value_parser!(u32).range(i64::from(OWN_SESSION_MIN_S)..))]
    pub session: Option<u32>,
    /// Show no notifications of the system.
    #[arg(long)]
    pub no_notifications: bool,
    /// Let no text be copied out of messages.
    #[arg(long)]
    pub no_clipboard: bool,
    /// Which files may be sent.
    #[command(flatten)]
    pub attachments: AttachmentArgs,
}
