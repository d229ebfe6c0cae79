//! What may be typed about threads and their messages?

use std::path::PathBuf;

use clap::{ArgGroup, Args, Subcommand};
use sotto_client::view::Answer;
use sotto_protocol::role::Role;
use time::Date;
use time::macros::format_description;

use crate::choice::{Class, Filter, Urgency};

/// `threads`.
#[derive(Debug, Args)]
pub struct ThreadsArgs {
    /// Which.
    #[arg(long, value_enum, default_value_t = Filter::Mine)]
    pub filter: Filter,
    /// Rows at most.
    #[arg(long, default_value_t = 50)]
    pub limit: u32,
    /// Where the page before ended (`next`).
    #[arg(long)]
    pub after: Option<String>,
}

/// `draft`.
#[derive(Debug, Args)]
pub struct DraftArgs {
    /// The thread: its id, the start of its id, or its title.
    pub thread: String,
    /// What to keep; empty forgets it. Without it, the draft is shown.
    pub text: Option<String>,
}

/// Commands on threads.
#[derive(Debug, Subcommand)]
pub enum ThreadCommand {
    /// Begin a thread.
    New(ThreadNewArgs),
    /// Take people in or put people out.
    Members(ThreadMembersArgs),
}

/// `thread members`.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("whom").required(true).multiple(true).args(["add", "remove"])))]
pub struct ThreadMembersArgs {
    /// The thread: its id, the start of its id, or its title.
    pub thread: String,
    /// Who comes in, by name or account id; repeat for more.
    #[arg(long, value_name = "NAME")]
    pub add: Vec<String>,
    /// Who goes out, by name or account id; repeat for more.
    #[arg(long, value_name = "NAME")]
    pub remove: Vec<String>,
}

/// `thread new`.
#[derive(Debug, Args)]
pub struct ThreadNewArgs {
    /// A member, by name or account id; repeat for more.
    #[arg(long = "with", required = true, value_name = "NAME")]
    pub with: Vec<String>,
    /// A title.
    #[arg(long)]
    pub title: Option<String>,
    /// The reason for contact.
    #[arg(long)]
    pub reason: Option<String>,
    /// Its class; by default clinical with a patient and staff without.
    #[arg(long, value_enum)]
    pub class: Option<Class>,
    /// The patient's family name.
    #[arg(long, requires_all = ["patient_given", "birth_date", "mrn"])]
    pub patient_family: Option<String>,
    /// The patient's given name.
    #[arg(long, requires = "patient_family")]
    pub patient_given: Option<String>,
    /// The patient's date of birth, `YYYY-MM-DD`.
    #[arg(long, requires = "patient_family")]
    pub birth_date: Option<String>,
    /// The patient's medical record number.
    #[arg(long, requires = "patient_family")]
    pub mrn: Option<String>,
}

/// `read`.
#[derive(Debug, Args)]
pub struct ReadArgs {
    /// The thread: its id, the start of its id, or its title.
    pub thread: String,
    /// Only what is older than this seq.
    #[arg(long, value_name = "SEQ")]
    pub before: Option<u64>,
    /// Only what is newer than this seq.
    #[arg(long, value_name = "SEQ", conflicts_with = "before")]
    pub after: Option<u64>,
    /// Rows at most.
    #[arg(long, default_value_t = 50)]
    pub limit: u32,
}

/// `send`.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("what").required(true).multiple(true).args(["text", "lines", "file"])))]
pub struct SendArgs {
    /// The thread: its id, the start of its id, or its title.
    pub thread: String,
    /// The message; `-` reads it from standard input.
    pub text: Option<String>,
    /// How pressing.
    #[arg(long, value_enum, default_value_t = Urgency::Fyi)]
    pub priority: Urgency,
    /// Each line of this file is a message.
    #[arg(long, value_name = "FILE", conflicts_with = "text")]
    pub lines: Option<PathBuf>,
    /// A file to send, with the message if there is one.
    #[arg(long, value_name = "FILE", conflicts_with = "lines")]
    pub file: Option<PathBuf>,
    /// A name for this run of lines: line N of it is sent exactly once, however often the command is repeated.
    #[arg(long = "ref", value_name = "NAME", requires = "lines")]
    pub reference: Option<String>,
    /// An answer that readers may give by a button: `agree`, `need-to-talk`, or a text; repeat for more.
    #[arg(long = "answer", value_name = "ANSWER", value_parser = super::receipt::answer)]
    pub answers: Vec<Answer>,
    /// Return when everything is safe in the vault instead of on the server.
    #[arg(long)]
    pub no_wait: bool,
}

/// `watch`.
#[derive(Debug, Args)]
pub struct WatchArgs {
    /// Only this thread: its id, the start of its id, or its title.
    #[arg(long)]
    pub thread: Option<String>,
    /// Begin with this seq of the thread, from the vault; without it, with what arrives from now on.
    #[arg(long, value_name = "SEQ", requires = "thread")]
    pub from: Option<u64>,
    /// End after this many messages.
    #[arg(long, value_name = "N")]
    pub until_count: Option<u64>,
}

/// `mark`.
#[derive(Debug, Args)]
pub struct MarkArgs {
    /// The thread: its id, the start of its id, or its title.
    pub thread: String,
    /// Everything up to and with this seq counts as read.
    #[arg(long, value_name = "SEQ", required_unless_present = "unread_from", conflicts_with = "unread_from")]
    pub read_to: Option<u64>,
    /// Everything from this seq on counts as unread.
    #[arg(long, value_name = "SEQ")]
    pub unread_from: Option<u64>,
}

/// `search`.
#[derive(Debug, Args)]
pub struct SearchArgs {
    /// The words; each must occur. Empty with a filter: everything that it lets through.
    #[arg(default_value = "")]
    pub query: String,
    /// Only in this thread: its id, the start of its id, or its title.
    #[arg(long)]
    pub thread: Option<String>,
    /// Hits at most.
    #[arg(long, default_value_t = 20)]
    pub limit: u32,
    /// Where the page before ended (`next`).
    #[arg(long)]
    pub before: Option<String>,
    /// Only what this person wrote: name or account id.
    #[arg(long, value_name = "PERSON")]
    pub from: Option<String>,
    /// Only what people of this role wrote: physician, nurse, front-desk, billing.
    #[arg(long, value_parser = parse_role)]
    pub role: Option<Role>,
    /// Only in threads about a patient with these words in the name, the number or the date of birth.
    #[arg(long, value_name = "WORDS")]
    pub patient: Option<String>,
    /// Only of this priority.
    #[arg(long)]
    pub priority: Option<Urgency>,
    /// Only from this day on: YYYY-MM-DD, in UTC.
    #[arg(long, value_name = "DAY", value_parser = parse_day)]
    pub since: Option<u64>,
    /// Only before this day: YYYY-MM-DD, in UTC.
    #[arg(long, value_name = "DAY", value_parser = parse_day)]
    pub until: Option<u64>,
}

fn parse_role(word: &str) -> Result<Role, &'static str> {
    Role::parse(&word.replace('-', "_")).ok_or("no such role")
}

/// The day's beginning in UTC, milliseconds since 1970.
fn parse_day(word: &str) -> Result<u64, &'static str> {
    let day = Date::parse(word, format_description!("[year]-[month]-[day]")).map_err(|_| "not a day: YYYY-MM-DD")?;
    u64::try_from(day.midnight().assume_utc().unix_timestamp()).map(|seconds| seconds * 1_000).map_err(|_| "before 1970")
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use crate::args::Cli;

    #[test]
    fn lines_and_text_exclude_each_other() {
        assert!(Cli::try_parse_from(["sotto", "send", "t", "hello"]).is_ok());
        assert!(Cli::try_parse_from(["sotto", "send", "t", "--lines", "f", "--ref", "night", "--json"]).is_ok());
        assert!(Cli::try_parse_from(["sotto", "send", "t", "hello", "--lines", "f"]).is_err());
        assert!(Cli::try_parse_from(["sotto", "send", "t"]).is_err());
        assert!(Cli::try_parse_from(["sotto", "send", "t", "--file", "f"]).is_ok());
        assert!(Cli::try_parse_from(["sotto", "send", "t", "hello", "--file", "f"]).is_ok());
        assert!(Cli::try_parse_from(["sotto", "send", "t", "--lines", "f", "--file", "f"]).is_err());
    }

    #[test]
    fn a_day_is_a_day_and_a_thread_is_marked_one_way() {
        assert_eq!(super::parse_day("2026-11-23"), Ok(1_795_392_000_000));
        assert!(super::parse_day("23.11.2026").is_err() && super::parse_day("1960-01-01").is_err());
        assert!(Cli::try_parse_from(["sotto", "mark", "t"]).is_err());
        assert!(Cli::try_parse_from(["sotto", "mark", "t", "--read-to", "1", "--unread-from", "2"]).is_err());
        assert!(Cli::try_parse_from(["sotto", "mark", "t", "--unread-from", "2"]).is_ok());
        assert!(Cli::try_parse_from(["sotto", "search", "--role", "front-desk"]).is_ok());
    }

    #[test]
    fn a_patient_has_two_identifiers() {
        let whole = [
            "sotto",
            "thread",
            "new",
            "--with",
            "A",
            "--patient-family",
            "F",
            "--patient-given",
            "G",
            "--birth-date",
            "1950-01-02",
            "--mrn",
            "7",
        ];
        assert!(Cli::try_parse_from(whole).is_ok());
        assert!(Cli::try_parse_from(&whole[..9]).is_err());
    }
}
