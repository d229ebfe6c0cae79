//! What a run of many steps did: each with its time and its log, and a table at the end.

use std::collections::HashMap;
use std::fs::File;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::shell;

/// How a step ended.
#[derive(Clone, PartialEq, Eq)]
enum Outcome {
    Passed,
    Failed(String),
    /// A step it needs did not pass.
    Skipped(&'static str),
}

struct Done {
    name: &'static str,
    time: Duration,
    outcome: Outcome,
}

/// The steps so far. A failed step does not stop the others, only those that need it.
pub struct Steps {
    logs: PathBuf,
    done: Vec<Done>,
    started: Instant,
}

impl Steps {
    /// Logs go to `logs`, one file a step.
    pub fn new(logs: PathBuf) -> Self {
        Self { logs, done: Vec::new(), started: Instant::now() }
    }

    /// Runs a command as a step, after the steps it needs; what it prints goes to the terminal and to its log.
    pub fn run(&mut self, name: &'static str, needs: &[&'static str], command: Command) {
        let log = self.logs.join(format!("{name}.log"));
        self.call(name, needs, || run_with_log(command, &log));
    }

    /// Runs a function as a step.
    pub fn call(&mut self, name: &'static str, needs: &[&'static str], step: impl FnOnce() -> Result<()>) {
        let broken = needs.iter().find(|need| self.done.iter().any(|d| d.name == **need && d.outcome != Outcome::Passed));
        let (time, outcome) = if let Some(need) = broken {
            (Duration::ZERO, Outcome::Skipped(need))
        } else {
            println!("\n── {name} ──");
            let started = Instant::now();
            let result = step();
            (started.elapsed(), result.map_or_else(|error| Outcome::Failed(format!("{error:#}")), |()| Outcome::Passed))
        };
        match &outcome {
            Outcome::Passed => println!("── {name}: passed in {}", seconds(time)),
            Outcome::Failed(why) => println!("── {name}: FAILED in {}: {why}", seconds(time)),
            Outcome::Skipped(need) => println!("── {name}: skipped, {need} did not pass"),
        }
        self.done.push(Done { name, time, outcome });
    }

    /// Prints the table; an error if any step did not pass.
    pub fn finish(self) -> Result<()> {
        println!("\n{:<24} {:>8}  result", "step", "time");
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for done in &self.done {
            let (word, text) = match &done.outcome {
                Outcome::Passed => ("passed", "passed".to_owned()),
                Outcome::Failed(why) => ("failed", format!("FAILED: {}", why.lines().next().unwrap_or_default())),
                Outcome::Skipped(need) => ("skipped", format!("skipped: {need} did not pass")),
            };
            *counts.entry(word).or_default() += 1;
            println!("{:<24} {:>8}  {text}", done.name, seconds(done.time));
        }
        println!("{:<24} {:>8}  logs in {}", "all", seconds(self.started.elapsed()), self.logs.display());
        let count = |word| counts.get(word).copied().unwrap_or_default();
        if count("failed") + count("skipped") > 0 {
            bail!("{} steps failed, {} were skipped", count("failed"), count("skipped"));
        }
        Ok(())
    }
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

fn run_with_log(mut command: Command, log: &PathBuf) -> Result<()> {
    let line = shell::describe(&command);
    let file = File::create(log).with_context(|| format!("could not write {}", log.display()))?;
    let file = Arc::new(Mutex::new(file));
    println!("$ {line}");
    let started = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = started.with_context(|| format!("could not start `{line}`"))?;
    let copies = [
        child.stdout.take().map(|from| std::thread::spawn(copy(from, file.clone(), std::io::stdout()))),
        child.stderr.take().map(|from| std::thread::spawn(copy(from, file, std::io::stderr()))),
    ];
    let status = child.wait().with_context(|| format!("could not wait for `{line}`"))?;
    for copy in copies.into_iter().flatten() {
        copy.join().ok();
    }
    if !status.success() {
        bail!("`{line}` ended with {status}, see {}", log.display());
    }
    Ok(())
}

fn copy(mut from: impl Read + Send, log: Arc<Mutex<File>>, mut terminal: impl Write + Send) -> impl FnOnce() + Send {
    move || {
        let mut buffer = [0; 8192];
        while let Ok(read @ 1..) = from.read(&mut buffer) {
            let bytes = buffer.get(..read).unwrap_or_default();
            terminal.write_all(bytes).and_then(|()| terminal.flush()).ok();
            if let Ok(mut log) = log.lock() {
                log.write_all(bytes).ok();
            }
        }
    }
}
