//! How does `sotto unlock` leave a session behind? It starts this program once more, gives it the password or the PIN and waits until it is ready.

use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Stdio};

use sotto_client::view::{ErrorCode, Password};

use super::Answer;
use crate::args::Options;
use crate::failure::{Failure, Outcome};
use crate::output::{Line, from_json};

/// Starts the agent of `home` and gives its exit status: 0 once it holds the session and listens.
///
/// # Errors
/// `internal` if the program cannot be started or ends without a word.
pub fn start(home: &Path, options: &Options, (pin, typed): (bool, &Password), print: &mut dyn FnMut(Line)) -> Outcome<u8> {
    let mut child = spawn(home, options, pin).map_err(|_| Failure::new(ErrorCode::Internal))?;
    // What was typed goes through a pipe: never in arguments or the environment, which others can read.
    if let Some(mut input) = child.stdin.take() {
        let _ = input.write_all(typed.expose().as_bytes()).and_then(|()| input.write_all(b"\n"));
    }
    let Some(output) = child.stdout.take() else { return Err(Failure::new(ErrorCode::Internal)) };
    for line in BufReader::new(output).lines().map_while(Result::ok) {
        match from_json(&line)? {
            Answer::Line(line) => print(line),
            Answer::Exit(status) => return Ok(status),
        }
    }
    Err(Failure::new(ErrorCode::Internal))
}

fn spawn(home: &Path, options: &Options, pin: bool) -> std::io::Result<Child> {
    let mut command = std::process::Command::new(std::env::current_exe()?);
    command.arg("agent").arg("--home").arg(home);
    if pin {
        command.arg("--pin");
    }
    if options.json {
        command.arg("--json");
    }
    if options.insecure_keyring_file {
        command.arg("--insecure-keyring-file");
    }
    if let Some(person) = &options.person {
        command.args(["--as", person]);
    }
    // A process group of its own: a Ctrl+C in the terminal is not for it.
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).process_group(0).spawn()
}
