//! A place to open windows where there is no display: a virtual screen, a session bus and a keyring, all private to this run.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::program::Process;
use crate::wait;

/// A virtual screen with its bus and its keyring; everything ends when it is dropped.
#[derive(Debug)]
pub struct Screen {
    environment: Vec<(String, String)>,
    has_keyring: bool,
    // Ended in this order: what uses the bus and the screen before these.
    _processes: Vec<Process>,
}

impl Screen {
    /// Starts a screen of 1280x800 that keeps its files and logs in `folder`.
    ///
    /// # Errors
    /// Where one of the programs is missing or does not start; `cargo xtask test` installs them.
    pub async fn start(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder).with_context(|| format!("could not make {}", folder.display()))?;
        let (x, display) = start_x(folder)?;
        let (bus, address) = start_bus(folder)?;
        let home = folder.join("home");
        std::fs::create_dir_all(&home)?;
        let home = home.display().to_string();
        let mut environment = vec![
            ("DISPLAY".to_owned(), display),
            ("DBUS_SESSION_BUS_ADDRESS".to_owned(), address),
            ("XDG_RUNTIME_DIR".to_owned(), runtime_folder(folder)?),
            // WebKit's and the keyring's own files: in this run's folder, not in a person's.
            ("XDG_DATA_HOME".to_owned(), format!("{home}/data")),
            ("XDG_CONFIG_HOME".to_owned(), format!("{home}/config")),
            ("XDG_CACHE_HOME".to_owned(), format!("{home}/cache")),
            ("GDK_BACKEND".to_owned(), "x11".to_owned()),
            ("LIBGL_ALWAYS_SOFTWARE".to_owned(), "1".to_owned()),
            ("NO_AT_BRIDGE".to_owned(), "1".to_owned()),
        ];
        environment.retain(|(_, value)| !value.is_empty());
        let mut screen = Self { environment, has_keyring: false, _processes: Vec::new() };
        let manager = screen.start_program(Command::new("openbox"), folder, "openbox")?;
        let keyring = screen.start_keyring(folder)?;
        screen.has_keyring = screen.keyring_answers().await;
        screen._processes = vec![keyring, manager, bus, x];
        Ok(screen)
    }

    /// Whether the keyring answers; where it does not, apps need the loudly named file instead.
    #[must_use]
    pub const fn has_keyring(&self) -> bool {
        self.has_keyring
    }

    /// Puts a program onto this screen.
    pub fn adopt(&self, command: &mut Command) {
        command.env_remove("WAYLAND_DISPLAY").envs(self.environment.iter().map(|(name, value)| (name, value)));
    }

    /// A hand at this screen's mouse.
    #[must_use]
    pub fn hand(&self) -> Hand {
        Hand { environment: self.environment.clone() }
    }

    fn start_program(&self, mut command: Command, folder: &Path, name: &str) -> Result<Process> {
        self.adopt(&mut command);
        let (log, again) = log(folder, name)?;
        Process::start(command.stdin(Stdio::null()).stdout(log).stderr(again))
    }

    fn start_keyring(&self, folder: &Path) -> Result<Process> {
        let mut command = Command::new("gnome-keyring-daemon");
        self.adopt(&mut command);
        let (log, again) = log(folder, "keyring")?;
        command.args(["--foreground", "--unlock", "--components=secrets"]).stdin(Stdio::piped()).stdout(log).stderr(again);
        let mut keyring = Process::start(&mut command)?;
        // The password of a keyring that lives as long as this run; its end of file lets the daemon start.
        if let Some(mut stdin) = keyring.child().stdin.take() {
            stdin.write_all(b"keyring of a test").context("could not unlock the keyring")?;
        }
        Ok(keyring)
    }

    async fn keyring_answers(&self) -> bool {
        let owned = || async {
            let mut ask = Command::new("dbus-send");
            self.adopt(&mut ask);
            let name = "string:org.freedesktop.secrets";
            ask.args(["--session", "--print-reply", "--dest=org.freedesktop.DBus", "/", "org.freedesktop.DBus.NameHasOwner", name]);
            ask.output().is_ok_and(|answer| String::from_utf8_lossy(&answer.stdout).contains("boolean true"))
        };
        wait::until("the keyring's name on the bus", owned).await.is_ok()
    }
}

/// A person's hand, as far as the screen can tell: what the idle lock listens to. A WebDriver's clicks do not reach the screen.
#[derive(Debug, Clone)]
pub struct Hand {
    environment: Vec<(String, String)>,
}

impl Hand {
    /// Moves the mouse by a pixel, there and back.
    ///
    /// # Errors
    /// Where `xdotool` is missing or fails.
    pub fn touch(&self) -> Result<()> {
        for step in ["1", "-1"] {
            self.xdotool(&["mousemove_relative", "--", step, "0"])?;
        }
        Ok(())
    }

    /// Brings the window of a process forward and gives it the focus, as whoever looks at it would have done.
    ///
    /// # Errors
    /// Where `xdotool` is missing, or the process has no window on the screen.
    pub fn turn_to(&self, process: u32) -> Result<()> {
        self.xdotool(&["search", "--all", "--onlyvisible", "--pid", &process.to_string(), "--name", ".", "windowactivate", "--sync"])
    }

    fn xdotool(&self, arguments: &[&str]) -> Result<()> {
        let mut command = Command::new("xdotool");
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        let done = command.args(arguments).output().context("could not run xdotool")?;
        if !done.status.success() {
            bail!("xdotool could not {}: {}", arguments.join(" "), String::from_utf8_lossy(&done.stderr));
        }
        Ok(())
    }
}

fn start_x(folder: &Path) -> Result<(Process, String)> {
    let (_, errors) = log(folder, "xvfb")?;
    let mut command = Command::new("Xvfb");
    command.args(["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"]);
    let mut process = Process::start(command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(errors))?;
    let number = first_line(&mut process).context("the virtual screen named no display")?;
    Ok((process, format!(":{number}")))
}

fn start_bus(folder: &Path) -> Result<(Process, String)> {
    let (_, errors) = log(folder, "dbus")?;
    let mut command = Command::new("dbus-daemon");
    command.args(["--session", "--nofork", "--print-address=1"]);
    let mut process = Process::start(command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(errors))?;
    let address = first_line(&mut process).context("the bus named no address")?;
    Ok((process, address))
}

fn first_line(process: &mut Process) -> Result<String> {
    let pipe = process.child().stdout.take().context("the program has no output")?;
    let mut line = String::new();
    BufReader::new(pipe).read_line(&mut line).context("could not read the program's output")?;
    if line.trim().is_empty() {
        bail!("the program ended before it was ready");
    }
    Ok(line.trim().to_owned())
}

fn log(folder: &Path, name: &str) -> Result<(Stdio, Stdio)> {
    let path = folder.join(format!("{name}.log"));
    let file = std::fs::File::create(&path).with_context(|| format!("could not write {}", path.display()))?;
    Ok((file.try_clone()?.into(), file.into()))
}

/// A folder that only this user may enter, which is what a runtime folder must be.
fn runtime_folder(folder: &Path) -> Result<String> {
    let path = folder.join("runtime");
    std::fs::create_dir_all(&path)?;
    #[cfg(unix)]
    std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    Ok(path.display().to_string())
}
