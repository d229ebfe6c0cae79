//! Where the project's files are.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

/// The checkout this command was started in.
pub struct Place {
    root: PathBuf,
}

impl Place {
    /// Finds the root from what cargo says, so that a moved or shared target directory does not mislead.
    pub fn find() -> Result<Self> {
        let manifest = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest.parent().context("xtask has no parent folder")?.to_path_buf();
        Ok(Self { root })
    }

    /// The repository's root.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The UI's npm project.
    pub fn ui(&self) -> PathBuf {
        self.root.join("ui")
    }

    /// Where cargo puts what it builds; outside the checkout where `CARGO_TARGET_DIR` says so.
    pub fn cargo_target(&self) -> PathBuf {
        match std::env::var_os("CARGO_TARGET_DIR") {
            Some(dir) => self.root.join(dir),
            None => self.root.join("target"),
        }
    }

    /// A folder for logs, screenshots and demo data; always inside the checkout's `target/`, where CI collects it.
    pub fn output(&self, name: &str) -> Result<PathBuf> {
        let dir = self.root.join("target").join(name);
        std::fs::create_dir_all(&dir).with_context(|| format!("could not make {}", dir.display()))?;
        Ok(dir)
    }

    /// An executable of a debug or release build.
    pub fn executable(&self, profile: &str, name: &str) -> PathBuf {
        self.cargo_target().join(profile).join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }
}
