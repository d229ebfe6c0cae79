//! The project's commands: what a person or a CI machine types after `cargo xtask`.

mod command;
mod place;
mod setup;
mod shell;
mod steps;
mod tidy;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::place::Place;

/// Sotto's own commands.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Install what is missing, build, start a server with a synthetic clinic and open the app
    Run(command::run::Args),
    /// Everything that CI runs
    Test(command::test::Args),
    /// The same as `test`
    Ci(command::test::Args),
    /// Print the table of docs/PERFORMANCE.md, measured now (release build)
    Bench(command::bench::Args),
    /// List the end-to-end journeys, or run one
    Journey(command::journey::Args),
    /// What is too slow for every change: advisories, licences of every platform, spelling, bench, more kills
    Nightly,
    /// Check the house rules: dependency law, SQL, docs, file sizes, licences
    Tidy,
    /// Generate the TypeScript types of the UI from Rust
    Bindings(command::bindings::Args),
    /// Start the server with the synthetic clinic and print who is who; no window
    Demo(command::demo::Args),
}

fn main() -> ExitCode {
    let outcome = Place::find().and_then(|place| match Cli::parse().command {
        Command::Run(args) => command::run::run(&place, &args),
        Command::Test(args) | Command::Ci(args) => command::test::run(&place, &args),
        Command::Bench(args) => command::bench::run(&place, &args),
        Command::Journey(args) => command::journey::run(&place, &args),
        Command::Nightly => command::nightly::run(&place),
        Command::Tidy => command::tidy::run(&place),
        Command::Bindings(args) => command::bindings::run(&place, &args),
        Command::Demo(args) => command::demo::run(&place, &args),
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            let missing = error.downcast_ref::<setup::MissingPackages>().is_some();
            if missing { ExitCode::from(setup::EXIT_MISSING) } else { ExitCode::FAILURE }
        }
    }
}
