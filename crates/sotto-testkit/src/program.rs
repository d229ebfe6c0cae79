//! Where the built programs are, and how one that was started is ended.

use std::path::PathBuf;
use std::process::{Child, Command};

use anyhow::{Context as _, Result, bail};

/// The folder of built programs: `SOTTO_PROGRAMS`, or the one this test or program was built into.
///
/// # Errors
/// Where the running program has no path.
pub fn folder() -> Result<PathBuf> {
    if let Some(folder) = std::env::var_os("SOTTO_PROGRAMS") {
        return Ok(folder.into());
    }
    let own = std::env::current_exe().context("could not find the running program")?;
    let folder = own.parent().context("the running program is in no folder")?;
    // Tests run in target/debug/deps, programs lie one above.
    let folder = if folder.ends_with("deps") { folder.parent().unwrap_or(folder) } else { folder };
    Ok(folder.to_path_buf())
}

/// A built program of the workspace, `sotto-server` for example.
///
/// # Errors
/// Where it was not built; the error says how to build it.
pub fn path(name: &str) -> Result<PathBuf> {
    let path = folder()?.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    if !path.is_file() {
        bail!("{} is not there: `cargo build --workspace --bins --features sotto-desktop/custom-protocol` builds it", path.display());
    }
    Ok(path)
}

/// Where logs and screenshots of a run go: `target/NAME` of the checkout, or of the folder `SOTTO_OUTPUT` names.
///
/// # Errors
/// Where the folder cannot be made.
pub fn output(name: &str) -> Result<PathBuf> {
    let base =
        std::env::var_os("SOTTO_OUTPUT").map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../target")), PathBuf::from);
    let folder = base.join(name);
    std::fs::create_dir_all(&folder).with_context(|| format!("could not make {}", folder.display()))?;
    folder.canonicalize().with_context(|| format!("could not find {}", folder.display()))
}

/// A process that ends when this value does: asked first, killed after a moment.
#[derive(Debug)]
pub struct Process(Child);

impl Process {
    /// Starts it.
    ///
    /// # Errors
    /// Where the system does not start it.
    pub fn start(command: &mut Command) -> Result<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        command.spawn().map(Self).with_context(|| format!("could not start {name}"))
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// The child itself, for its pipes.
    pub fn child(&mut self) -> &mut Child {
        &mut self.0
    }

    /// Whether it still runs.
    pub fn is_running(&mut self) -> bool {
        matches!(self.0.try_wait(), Ok(None))
    }

    /// Ends it as a power cut would: SIGKILL, nothing flushed. Returns when it is gone.
    ///
    /// # Errors
    /// Where the system refuses.
    pub fn kill_now(&mut self) -> Result<()> {
        self.0.kill().context("could not kill a process")?;
        self.0.wait().context("could not wait for a killed process")?;
        Ok(())
    }

    /// Asks it to end (SIGTERM) and waits; after five seconds it is killed.
    pub fn stop(&mut self) {
        if !self.is_running() {
            return;
        }
        #[cfg(unix)]
        if let Some(pid) = i32::try_from(self.0.id()).ok().and_then(rustix::process::Pid::from_raw) {
            rustix::process::kill_process(pid, rustix::process::Signal::TERM).ok();
            let started = std::time::Instant::now();
            while started.elapsed() < std::time::Duration::from_secs(5) {
                if !self.is_running() {
                    return;
                }
                std::thread::sleep(std::time::Duration::from_millis(20));
            }
        }
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.stop();
    }
}
