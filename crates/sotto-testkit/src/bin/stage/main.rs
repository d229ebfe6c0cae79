//! `sotto-stage`: what `cargo xtask` calls for everything that needs real servers, clients and windows.

#![allow(clippy::print_stdout, reason = "a program for terminals and scripts")]

mod bench;
mod clinic;
mod code;
mod journey;
mod run;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "sotto-stage")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Print the TypeScript types of the UI
    Bindings,
    /// Print the table of docs/PERFORMANCE.md
    Bench(bench::Args),
    /// Make the synthetic clinic
    Clinic(clinic::Args),
    /// Print a code of the second factor of somebody of the synthetic clinic
    Code(code::Args),
    /// List or play the journeys through real windows
    Journey(journey::Args),
    /// Open the demo on this screen
    Run(run::Args),
}

#[tokio::main]
async fn main() -> ExitCode {
    let outcome: Result<()> = match Cli::parse().command {
        Command::Bindings => {
            print!("{}", sotto_client::view::bindings());
            Ok(())
        }
        Command::Bench(args) => bench::run(&args).await,
        Command::Clinic(args) => clinic::run(&args).await,
        Command::Code(args) => code::run(&args),
        Command::Journey(args) => journey::run(&args).await,
        Command::Run(args) => run::run(&args).await,
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
