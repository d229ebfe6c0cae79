//! What happened in a journey, line by line as it happens, for people who were not there.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context as _, Result};

/// The transcript: `transcript.md` beside the pictures, and the terminal.
#[derive(Debug)]
pub struct Transcript {
    file: File,
    started: Instant,
}

impl Transcript {
    /// Begins with the journey's story.
    pub fn begin(folder: &Path, story: &str) -> Result<Self> {
        let mut file = File::create(folder.join("transcript.md")).context("could not write the transcript")?;
        writeln!(file, "# {story}\n").context("could not write the transcript")?;
        eprintln!("{story}");
        Ok(Self { file, started: Instant::now() })
    }

    /// Notes that something has happened.
    pub fn note(&mut self, text: &str) -> Result<()> {
        let line = format!("- {:6.1} s  {text}", self.started.elapsed().as_secs_f64());
        eprintln!("{line}");
        writeln!(self.file, "{line}").context("could not write the transcript")
    }

    /// Notes a picture.
    pub fn picture(&mut self, path: &Path) -> Result<()> {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        self.note(&format!("picture: [{name}]({name})"))
    }

    /// Ends with how it went.
    pub fn end(&mut self, error: Option<&anyhow::Error>) -> Result<()> {
        match error {
            None => self.note("The journey ended as it should."),
            Some(error) => self.note(&format!("**The journey failed: {error:#}**")),
        }
    }
}
