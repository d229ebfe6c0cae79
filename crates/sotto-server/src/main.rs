//! The `sotto-server` command: makes a server's folder, and serves it.

use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use sotto_server::{Server, ServerOptions, SystemClock, logging, setup};
use tokio::signal::unix::{SignalKind, signal};

/// Orders, stores and delivers what it cannot read.
#[derive(Debug, Parser)]
#[command(name = "sotto-server", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Makes the keys, the certificates and the setup code of a new server, and prints the code once.
    Init {
        /// The server's folder.
        #[arg(long)]
        dir: PathBuf,
        /// The names and addresses clients use, separated by commas.
        #[arg(long, value_delimiter = ',', required = true)]
        host: Vec<String>,
    },
    /// Serves until it is told to stop.
    Serve {
        /// The server's folder.
        #[arg(long)]
        dir: PathBuf,
        /// Where HTTPS is served.
        #[arg(long, default_value = "127.0.0.1:0")]
        listen: SocketAddr,
        /// Where the operators' routes are served: a loopback address.
        #[arg(long, default_value = "127.0.0.1:0")]
        ops_listen: SocketAddr,
        /// Pages of 4 KiB the database may grow to.
        #[arg(long)]
        max_database_pages: Option<u32>,
        /// Bytes that all files together may take.
        #[arg(long)]
        max_file_bytes: Option<u64>,
    },
}

fn main() -> ExitCode {
    logging::start();
    match run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(cause = %error, "sotto-server failed");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<(), Box<dyn std::error::Error>> {
    match command {
        Command::Init { dir, host } => say(&setup::make_folder(&dir, &host, &SystemClock)?),
        Command::Serve { dir, listen, ops_listen, max_database_pages, max_file_bytes } => {
            let mut options = ServerOptions { listen, ops_listen, ..ServerOptions::new(dir) };
            options.limits.database_pages = max_database_pages;
            options.limits.file_bytes = max_file_bytes.unwrap_or(options.limits.file_bytes);
            options.database_key = std::env::var(setup::KEY_VARIABLE).ok().map(Into::into);
            tokio::runtime::Runtime::new()?.block_on(serve(options))
        }
    }
}

async fn serve(options: ServerOptions) -> Result<(), Box<dyn std::error::Error>> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let running = Server::start(options).await?;
    say(&serde_json::json!({ "listening": running.addr, "ops": running.ops_addr }))?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    tracing::info!("stopping");
    running.shutdown().await;
    Ok(())
}

/// One JSON line on the standard output: what scripts read.
fn say(value: &impl serde::Serialize) -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::stdout().lock();
    serde_json::to_writer(&mut out, value)?;
    out.write_all(b"\n")?;
    Ok(out.flush()?)
}
