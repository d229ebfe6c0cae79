//! Which files tidy reads: everything git has or would take.

use std::process::Command;

use anyhow::Result;

use crate::place::Place;
use crate::shell;

/// A text file of the project.
pub struct File {
    /// From the root, with `/`.
    pub path: String,
    /// What it says.
    pub text: String,
}

impl File {
    /// Whether the name ends so.
    pub fn is(&self, extension: &str) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, end)| end == extension)
    }

    /// Whether it lies under that folder.
    pub fn under(&self, folder: &str) -> bool {
        self.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    }

    /// The lines with their numbers, from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }
}

/// The project's text files.
pub struct Files(Vec<File>);

impl Files {
    /// Reads every file that git tracks or would track; those that are not text are left out.
    pub fn load(place: &Place) -> Result<Self> {
        let list = shell::output(Command::new("git").args(["ls-files", "-co", "--exclude-standard"]).current_dir(place.root()))?;
        let read = |path: &str| std::fs::read_to_string(place.root().join(path)).ok();
        Ok(Self(list.lines().filter_map(|path| Some(File { path: path.to_owned(), text: read(path)? })).collect()))
    }

    /// All of them.
    pub fn all(&self) -> &[File] {
        &self.0
    }

    /// The file at that path.
    pub fn get(&self, path: &str) -> Option<&File> {
        self.0.iter().find(|file| file.path == path)
    }
}
