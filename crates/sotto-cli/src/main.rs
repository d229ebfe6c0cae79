//! What is `sotto`? The client without a window: one command a run, or many through a session in the background.
//!
//! The exit status is 0, 2 for wrong usage, or the number of an error code (`sotto help errors`, README.md).
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing))]
#![allow(clippy::print_stdout, reason = "a terminal program prints")]

mod agent;
mod args;
mod choice;
mod command;
mod errors;
mod failure;
mod home;
mod output;
mod password;
mod run;
mod show;
mod totp;

use std::process::ExitCode;

use clap::Parser as _;
use sotto_client::view::Language;
use tracing_subscriber::EnvFilter;

use crate::args::Cli;
use crate::output::Line;

/// Everything that is freed is erased first: no text of a message stays behind in this process's memory.
#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<std::alloc::System> = zeroizing_alloc::ZeroAlloc(std::alloc::System);

fn main() -> ExitCode {
    let cli = Cli::parse();
    // Silent unless asked for: logs of the client hold no patient data, but a script's output is its own.
    let filter = EnvFilter::try_from_env("SOTTO_LOG").unwrap_or_else(|_| EnvFilter::new("off"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let json = cli.options.json;
    let done = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime.block_on(run::run(cli)),
        Err(_) => Err(failure::Failure::new(sotto_client::view::ErrorCode::Internal)),
    };
    match done {
        Ok(status) => ExitCode::from(status),
        Err(failure) => {
            print(Line::Err(failure.text(json, language())));
            ExitCode::from(failure.status())
        }
    }
}

/// The language of the environment.
fn language() -> Language {
    errors::language_of(|name| std::env::var(name).ok())
}

/// Writes a line to its stream. A reader that went away is no failure of the command.
fn print(line: Line) {
    use std::io::Write as _;
    let _ = match line {
        Line::Out(text) => writeln!(std::io::stdout(), "{text}"),
        Line::Err(text) => writeln!(std::io::stderr(), "{text}"),
    };
}
