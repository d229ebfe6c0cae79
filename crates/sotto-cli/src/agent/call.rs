//! How is a command given to the agent? As one line; its answers are written out as they come.

use std::io::Read as _;
use std::path::Path;

use sotto_client::view::ErrorCode;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::UnixStream;

use super::{Answer, Request, socket};
use crate::args::Command;
use crate::failure::{Failure, Outcome};
use crate::output::{Line, from_json, to_json};

/// Runs the command that this process was started with in the home's agent. `None` if there is no agent.
///
/// # Errors
/// `cancelled` if the agent ends before the command does.
pub async fn call(home: &Path, command: &Command, print: &mut dyn FnMut(Line)) -> Outcome<Option<u8>> {
    let Ok(stream) = UnixStream::connect(socket(home)).await else { return Ok(None) };
    let (reading, mut writing) = stream.into_split();
    let request = Request {
        args: std::env::args().skip(1).collect(),
        folder: std::env::current_dir().unwrap_or_default(),
        input: read_input(command)?,
    };
    let cancelled = |_| Failure::new(ErrorCode::Cancelled);
    writing.write_all(format!("{}\n", to_json(&request)?).as_bytes()).await.map_err(cancelled)?;
    let mut lines = BufReader::new(reading).lines();
    while let Some(line) = lines.next_line().await.map_err(cancelled)? {
        match from_json(&line)? {
            Answer::Line(line) => print(line),
            Answer::Exit(status) => return Ok(Some(status)),
        }
    }
    Err(Failure::new(ErrorCode::Cancelled))
}

fn read_input(command: &Command) -> Outcome<Option<String>> {
    match command {
        Command::Send(send) if send.text.as_deref() == Some("-") => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text).map_err(|_| Failure::new(ErrorCode::Malformed))?;
            Ok(Some(text))
        }
        _ => Ok(None),
    }
}
