//! How a journey types at a workstation: `sotto` as a process, on a home of its own, its answers as JSON.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;
use sotto_testkit::program::{self, Process};
use sotto_testkit::totp;

/// The password of everybody in the journeys.
pub const PASSWORD: &str = "a long night on ward three";

/// A workstation's home and the password file that opens its vaults.
#[derive(Debug, Clone)]
pub struct Terminal {
    home: PathBuf,
    password: PathBuf,
}

/// What a command answered.
#[derive(Debug)]
pub struct Answer {
    /// The exit status; 0 is success, others are the codes of `sotto help errors`.
    pub status: i32,
    /// What it printed, line by line.
    pub lines: Vec<Value>,
    /// What it said on standard error.
    pub said: String,
}

impl Answer {
    /// The one object it printed.
    ///
    /// # Errors
    /// Where it failed or printed none.
    pub fn object(&self) -> Result<&Value> {
        if self.status != 0 {
            bail!("the command ended with {}: {}", self.status, self.said);
        }
        self.lines.first().with_context(|| format!("the command printed nothing; it said {}", self.said))
    }

    /// A text of the one object, by its JSON pointer (RFC 6901).
    ///
    /// # Errors
    /// Where it failed or the text is not there.
    pub fn text(&self, pointer: &str) -> Result<String> {
        let object = self.object()?;
        object.pointer(pointer).and_then(Value::as_str).map(str::to_owned).with_context(|| format!("the answer has no {pointer}"))
    }
}

impl Terminal {
    /// A workstation whose home is a folder of that name below `folder`.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn new(folder: &Path, name: &str) -> Result<Self> {
        let password = folder.join(format!("{name}.password"));
        std::fs::write(&password, PASSWORD).context("could not write a password file")?;
        Ok(Self { home: folder.join(name), password })
    }

    /// The same workstation, used by somebody who types another password.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn with_password(&self, password: &str) -> Result<Self> {
        let path = self.home.with_extension("other-password");
        std::fs::write(&path, password).context("could not write a password file")?;
        Ok(Self { home: self.home.clone(), password: path })
    }

    /// The home's folder.
    #[must_use]
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// The command, ready to start.
    ///
    /// # Errors
    /// Where `sotto` was not built.
    pub fn command(&self, args: &[&str]) -> Result<Command> {
        let mut command = self.command_without(args)?;
        command.arg("--password-file").arg(&self.password);
        Ok(command)
    }

    /// The command without a password, ready to start.
    ///
    /// # Errors
    /// Where `sotto` was not built.
    pub fn command_without(&self, args: &[&str]) -> Result<Command> {
        let mut command = Command::new(program::path("sotto")?);
        command.arg("--home").arg(&self.home).args(["--json", "--insecure-keyring-file"]);
        command.args(args).env_remove("SOTTO_HOME").env("LANG", "C").stdin(Stdio::null());
        Ok(command)
    }

    /// What a person reads who types this, in a language of the environment, on standard error.
    ///
    /// # Errors
    /// Where the process could not run.
    pub fn says(&self, args: &[&str], language: &str) -> Result<String> {
        let mut command = Command::new(program::path("sotto")?);
        command.arg("--home").arg(&self.home).arg("--insecure-keyring-file").arg("--password-file").arg(&self.password);
        command.args(args).env_remove("SOTTO_HOME").env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", language);
        let output = command.stdin(Stdio::null()).output().with_context(|| format!("could not run sotto {args:?}"))?;
        Ok(String::from_utf8_lossy(&output.stderr).into_owned())
    }

    /// What a person reads who types this at the locked screen, without the password, on standard output.
    ///
    /// # Errors
    /// Where the process could not run.
    pub fn prints_without(&self, args: &[&str]) -> Result<String> {
        let mut command = Command::new(program::path("sotto")?);
        command.arg("--home").arg(&self.home).arg("--insecure-keyring-file").args(args);
        command.env_remove("SOTTO_HOME").env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", "C");
        let output = command.stdin(Stdio::null()).output().with_context(|| format!("could not run sotto {args:?}"))?;
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Types a command and waits for its answer, whatever it is.
    ///
    /// # Errors
    /// Where the process could not run or printed no JSON.
    pub fn ask(&self, args: &[&str]) -> Result<Answer> {
        Self::answer(self.command(args)?, args)
    }

    /// Types a command at the locked screen, without the password.
    ///
    /// # Errors
    /// As [`Self::ask`].
    pub fn ask_without(&self, args: &[&str]) -> Result<Answer> {
        Self::answer(self.command_without(args)?, args)
    }

    fn answer(mut command: Command, args: &[&str]) -> Result<Answer> {
        let output = command.output().with_context(|| format!("could not run sotto {args:?}"))?;
        let lines = String::from_utf8_lossy(&output.stdout);
        let lines = lines.lines().map(serde_json::from_str).collect::<Result<_, _>>();
        Ok(Answer {
            status: output.status.code().unwrap_or(-1),
            lines: lines.with_context(|| format!("sotto {args:?} printed no JSON"))?,
            said: String::from_utf8_lossy(&output.stderr).into_owned(),
        })
    }

    /// Types a command that has to succeed.
    ///
    /// # Errors
    /// Where it does not.
    pub fn run(&self, args: &[&str]) -> Result<Answer> {
        let answer = self.ask(args)?;
        if answer.status != 0 {
            bail!("sotto {args:?} ended with {}: {}", answer.status, answer.said);
        }
        Ok(answer)
    }

    /// Types a command that shows a second factor, confirms it with the code that an app would show, and gives the factor's secret and what
    /// the command ended with.
    ///
    /// # Errors
    /// Where the command fails or shows no second factor.
    pub fn confirm(&self, args: &[&str]) -> Result<(String, Value)> {
        let mut command = self.command(&[args, &["--totp-code-stdin"]].concat())?;
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().context("could not run sotto")?;
        let (mut input, out) = child.stdin.take().zip(child.stdout.take()).context("sotto has no pipes")?;
        let mut out = BufReader::new(out);
        let (mut shown, mut ended) = (String::new(), String::new());
        out.read_line(&mut shown).context("could not read the second factor")?;
        let secret = serde_json::from_str::<Value>(&shown).ok();
        let secret = secret.as_ref().and_then(|shown| shown.pointer("/totp/secret_text")).and_then(Value::as_str);
        if let Some(secret) = secret {
            writeln!(input, "{}", totp::code_now(secret, 0)?).context("could not type the code")?;
        }
        drop(input);
        out.read_to_string(&mut ended).context("could not read how the command ended")?;
        let output = child.wait_with_output().context("could not wait for sotto")?;
        if !output.status.success() {
            bail!("sotto {args:?} ended with {}: {}", output.status, String::from_utf8_lossy(&output.stderr));
        }
        let ended = serde_json::from_str(&ended).with_context(|| format!("sotto {args:?} did not end with JSON"))?;
        Ok((secret.context("sotto showed no second factor")?.to_owned(), ended))
    }

    /// Types a command that goes on, its output in `log`.
    ///
    /// # Errors
    /// Where the process could not start.
    pub fn start(&self, args: &[&str], log: &Path) -> Result<Process> {
        let file = std::fs::OpenOptions::new().create(true).append(true).open(log).context("could not open a log")?;
        let errors = file.try_clone().context("could not open a log twice")?;
        Process::start(self.command(args)?.stdout(file).stderr(errors))
    }

    /// The texts of a thread's messages, oldest first, as the vault has them.
    ///
    /// # Errors
    /// Where reading fails.
    pub fn texts(&self, thread: &str) -> Result<Vec<String>> {
        let mut texts = Vec::new();
        let mut after = 0;
        loop {
            let page = self.run(&["read", thread, "--after", &after.to_string(), "--limit", "500"])?;
            let object = page.object()?;
            let messages = object.get("messages").and_then(Value::as_array).context("a page has messages")?;
            for message in messages {
                if message.get("kind").and_then(Value::as_str) == Some("message") {
                    texts.push(message.get("text").and_then(Value::as_str).unwrap_or_default().to_owned());
                }
                after = message.get("seq").and_then(Value::as_u64).unwrap_or(0).max(after);
            }
            if object.get("has_after").and_then(Value::as_bool) != Some(true) {
                return Ok(texts);
            }
        }
    }
}
