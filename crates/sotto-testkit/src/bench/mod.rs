//! How fast it is, on this machine, now: the rows of docs/PERFORMANCE.md with the machine's own limits beside them.
//!
//! The server is the release binary in a process of its own; the load comes from light clients with entries sealed beforehand, so that
//! the client's folding is not measured with it. Targets for the server come from the reference table of docs/PERFORMANCE.md (ejabberd).

pub mod client;
pub mod clinic;
pub mod enrol;
pub mod fleet;
pub mod limits;
pub mod link;
pub mod machine;
pub mod million;
pub mod population;
pub mod row;
pub mod server;
pub mod stage;

use std::path::Path;

use anyhow::Result;

use self::limits::Limits;
use self::row::Row;

/// Rows that are measured together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    Server(server::Question),
    Client,
    Roaming,
    Million,
    Command,
    Crowd,
}

impl Group {
    const ALL: &[Self] = &[
        Self::Server(server::Question::Throughput),
        Self::Server(server::Question::Latency),
        Self::Server(server::Question::Idle),
        Self::Server(server::Question::CatchUp),
        Self::Server(server::Question::Ready),
        Self::Client,
        Self::Roaming,
        Self::Million,
        Self::Command,
        Self::Crowd,
    ];

    const fn metrics(self) -> &'static [&'static str] {
        match self {
            Self::Server(question) => question.metrics(),
            Self::Client => client::METRICS,
            Self::Roaming => client::ROAMING,
            Self::Million => million::METRICS,
            Self::Command => fleet::COMMAND,
            Self::Crowd => fleet::CROWD,
        }
    }
}

/// How the table is wanted.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Only metrics whose name contains this.
    pub only: Option<String>,
}

impl Wanted {
    fn metric(&self, metric: &str) -> bool {
        self.only.as_deref().is_none_or(|only| metric.contains(only))
    }
}

/// Measures what is wanted in `folder` (on the disk that counts) and gives each row as soon as it is known.
///
/// # Errors
/// Where something to measure does not work at all.
pub async fn run(wanted: &Wanted, folder: &Path, mut row: impl FnMut(&Row)) -> Result<()> {
    let limits = Limits::measure(folder)?;
    limits.rows().iter().filter(|r| wanted.metric(r.metric)).for_each(&mut row);
    for (number, group) in Group::ALL.iter().enumerate() {
        if !group.metrics().iter().any(|metric| wanted.metric(metric)) {
            continue;
        }
        let before = machine::pressure().await;
        let folder = folder.join(number.to_string());
        std::fs::create_dir_all(&folder)?;
        let rows = match group {
            Group::Server(question) => question.measure(&folder, &limits).await?,
            Group::Client => client::measure(&folder, &limits).await?,
            Group::Roaming => client::measure_roaming(&folder).await?,
            Group::Million => million::measure(&folder).await?,
            Group::Command => fleet::measure_command(&folder).await?,
            Group::Crowd => fleet::measure_crowd(&folder).await?,
        };
        // Our own load is over: what is left is others', and it was there before we were done.
        let pressure = before.into_iter().chain(machine::pressure().await).reduce(f64::max);
        for mut measured in rows.into_iter().filter(|r| wanted.metric(r.metric)) {
            measured.void =
                pressure.filter(|p| *p > machine::PRESSURE_LIMIT).map(|p| format!("others used the processors ({:.0} %)", p * 100.0));
            row(&measured);
        }
        // A million entries are a gigabyte: the next group does not need them.
        std::fs::remove_dir_all(&folder).ok();
    }
    Ok(())
}
