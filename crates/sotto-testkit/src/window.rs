//! The app's real windows, driven as a person drives them: found by role and name, seen as pictures.

mod marks;

use std::future::Future;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

use crate::program::{self, Process};
use crate::scan;
use crate::screen::{Hand, Screen};
use crate::wait;

/// Finds elements by role and accessible name; the subset of the accessibility rules that the UI uses.
const FIND: &str = include_str!("window/find.js");

/// Brings the element `arguments[0]` into sight, as a person scrolls to it, and notes whether the next press comes down on it.
const AIM: &str = "const [wanted] = arguments; \
    wanted.scrollIntoView({ block: 'nearest' }); \
    window.sottoHit = null; \
    document.addEventListener('mousedown', (event) => { window.sottoHit = wanted.contains(event.target); }, { capture: true, once: true });";

/// Which keyring the app uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keyring {
    /// The operating system's (here: the screen's private one).
    Os,
    /// The loudly named file, for machines without one.
    InsecureFile,
}

/// The app, running, with its WebDriver session.
#[derive(Debug)]
pub struct App {
    client: Client,
    driver: Process,
    hand: Hand,
    pictures: PathBuf,
    name: String,
}

impl App {
    /// Starts the debug build with `home` as its workstation. Pictures and logs go to `pictures`, named after `name`.
    ///
    /// # Errors
    /// Where the app or its driver is missing or does not come up.
    pub async fn open(screen: &Screen, home: &Path, keyring: Keyring, pictures: &Path, name: &str) -> Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).context("could not find a free port")?.port();
        let log = pictures.join(format!("{name}.log"));
        let log = std::fs::File::create(&log).with_context(|| format!("could not write {}", log.display()))?;
        let mut command = std::process::Command::new("WebKitWebDriver");
        screen.adopt(&mut command);
        // A webview that may be automated cannot be incognito: only debug builds obey this variable.
        command.env("TAURI_WEBVIEW_AUTOMATION", "true").args([format!("--port={port}"), "--host=127.0.0.1".to_owned()]);
        // A file and no pipe: whatever outlives the test would hold a pipe open.
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        let driver = Process::start(&mut command)?;
        wait::until("the window driver's port", || async move { tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok() })
            .await?;
        let client = connect(port, home, keyring).await.with_context(|| format!("could not open {name}'s window"))?;
        Ok(Self { client, driver, hand: screen.hand(), pictures: pictures.to_path_buf(), name: name.to_owned() })
    }

    /// The session, for what this type does not offer.
    #[must_use]
    pub const fn client(&self) -> &Client {
        &self.client
    }

    /// The app's process and its webviews', the app first.
    ///
    /// # Errors
    /// Where the app is not running.
    pub fn processes(&self) -> Result<Vec<u32>> {
        let family = scan::family(self.driver.id());
        let is_app = |pid: &&u32| std::fs::read_to_string(format!("/proc/{pid}/comm")).is_ok_and(|name| name.starts_with("sotto-desktop"));
        let app = family.iter().find(is_app).context("the app is not running")?;
        Ok(scan::family(*app))
    }

    /// The processes that draw windows: one a window, and gone with it.
    ///
    /// # Errors
    /// Where the app is not running.
    pub fn drawing(&self) -> Result<Vec<u32>> {
        let draws = |pid: &u32| std::fs::read_to_string(format!("/proc/{pid}/comm")).is_ok_and(|name| name.starts_with("WebKitWebProces"));
        Ok(self.processes()?.into_iter().filter(draws).collect())
    }

    /// Waits until the windows that these processes drew are gone. The driver is not asked meanwhile: a question to a window that is being
    /// destroyed may never be answered.
    ///
    /// # Errors
    /// Where one stays.
    pub async fn replaced(&self, drawing: &[u32]) -> Result<()> {
        wait::until(&format!("{}'s window to be replaced", self.name), || async { !self.is_drawn(drawing) }).await
    }

    /// Whether any of these processes is still there.
    #[must_use]
    pub fn is_drawn(&self, drawing: &[u32]) -> bool {
        drawing.iter().any(|pid| Path::new(&format!("/proc/{pid}/exe")).exists())
    }

    /// Waits until a window shows what `css` selects, and goes on in that window: sign-in and lock replace the window.
    ///
    /// # Errors
    /// Where no window shows it in time.
    pub async fn follow(&self, css: &str) -> Result<()> {
        let what = format!("a window of {} that shows {css}", self.name);
        let shown = wait::until(&what, || async {
            for handle in self.client.windows().await.unwrap_or_default() {
                let here = self.client.switch_to_window(handle).await.is_ok();
                if here && self.client.find(Locator::Css(css)).await.is_ok() {
                    return true;
                }
            }
            false
        });
        self.or_describe(shown.await).await
    }

    /// Waits as a person does who looks at the screen: with a hand on the mouse, so that it does not lock before a slow machine answers.
    async fn watch<T, F: Future<Output = Option<T>>>(&self, what: &str, mut look: impl FnMut() -> F) -> Result<T> {
        let what = format!("{what} in {}'s window", self.name);
        let touched = || {
            let (hand, look) = (self.hand.touch(), look());
            async move {
                hand.ok()?;
                look.await
            }
        };
        self.or_describe(wait::until_some(&what, touched).await).await
    }

    /// A failure tells what is there instead.
    async fn or_describe<T>(&self, waited: Result<T>) -> Result<T> {
        match waited {
            Ok(found) => Ok(found),
            Err(error) => Err(error.context(self.describe().await)),
        }
    }

    /// What is there instead, for a failure: the page's address and a picture.
    async fn describe(&self) -> String {
        let url = self.client.current_url().await.map_or_else(|error| error.to_string(), |url| url.to_string());
        let picture =
            self.picture(&format!("{}-instead", self.name)).await.map_or_else(|error| error.to_string(), |path| path.display().to_string());
        format!("{url} is there instead, see {picture}")
    }

    /// Waits for the visible element of that role whose accessible name contains `name`.
    ///
    /// # Errors
    /// Where there is none in time.
    pub async fn find(&self, role: &str, name: &str) -> Result<Element> {
        self.watch(&format!("the {role} {name:?}"), || self.look(role, name)).await
    }

    /// Whether such an element is visible now.
    pub async fn shows(&self, role: &str, name: &str) -> bool {
        self.look(role, name).await.is_some()
    }

    async fn look(&self, role: &str, name: &str) -> Option<Element> {
        let found = self.client.execute(FIND, vec![json!(role), json!(name)]).await.ok()?;
        let id = found.as_object()?.values().next()?.as_str()?.to_owned();
        Some(Element::from_element_id(self.client.clone(), id.into()))
    }

    /// Waits for the element and presses it; one that is drawn anew under the hand is looked for again.
    ///
    /// # Errors
    /// Where it is not there in time or cannot be pressed.
    pub async fn click(&self, role: &str, name: &str) -> Result<()> {
        self.watch(&format!("the {role} {name:?} to be pressed"), || async { self.hit(self.look(role, name).await?).await }).await
    }

    /// Presses `element`, and says whether the hand came down on it: what a page moves meanwhile is missed, and a person presses again. A
    /// window that is gone after the press was pressed.
    async fn hit(&self, element: Element) -> Option<()> {
        self.client.execute(AIM, vec![json!(element)]).await.ok()?;
        element.click().await.ok()?;
        let hit = self.client.execute("return window.sottoHit;", vec![]).await;
        (!matches!(hit, Ok(Value::Bool(false)))).then_some(())
    }

    /// Waits for the field and types into it.
    ///
    /// # Errors
    /// Where it is not there in time or takes no text.
    pub async fn type_into(&self, name: &str, text: &str) -> Result<()> {
        // A field that fails has taken nothing: the driver looks at it before it types.
        let type_now = || async { self.look("textbox", name).await?.send_keys(text).await.ok() };
        self.watch(&format!("the field {name:?} to take text"), type_now).await
    }

    /// Waits until the page shows the text.
    ///
    /// # Errors
    /// Where it does not in time; the error does not repeat the page.
    pub async fn see(&self, text: &str) -> Result<()> {
        self.watch(&format!("{text:?}"), || async { self.reads(text).await.then_some(()) }).await
    }

    /// Whether the page shows the text now.
    pub async fn reads(&self, text: &str) -> bool {
        let script = "return document.body !== null && document.body.innerText.includes(arguments[0]);";
        matches!(self.client.execute(script, vec![json!(text)]).await, Ok(Value::Bool(true)))
    }

    /// Saves what the window shows as a PNG and returns where.
    ///
    /// # Errors
    /// Where the driver or the disk refuses.
    pub async fn picture(&self, name: &str) -> Result<PathBuf> {
        // The picture may be one frame old: let two pass.
        let frames = "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(true)));";
        tokio::time::timeout(Duration::from_secs(5), self.client.execute_async(frames, vec![])).await.ok();
        let shoot = || async { self.client.screenshot().await.ok() };
        let png = wait::until_some_within(Duration::from_secs(10), &format!("the picture {name}"), shoot).await?;
        let path = self.pictures.join(format!("{name}.png"));
        std::fs::write(&path, png).with_context(|| format!("could not write {}", path.display()))?;
        Ok(path)
    }

    /// Kills the process that draws the app's window, as a fault in a graphics driver does, waits until the window has another one, and
    /// ends the app: the driver loses sight of a window with its process.
    ///
    /// # Errors
    /// Where the window stays dead.
    pub async fn revives(mut self) -> Result<()> {
        let (processes, before) = (self.processes()?, self.drawing()?);
        for pid in &before {
            kill(*pid, Signal::KILL)?;
        }
        let another = || async { self.drawing().ok().filter(|now| now.iter().any(|pid| !before.contains(pid))) };
        wait::until_some(&format!("{}'s window to be drawn again", self.name), another).await?;
        self.driver.stop();
        if let Some(app) = processes.first().filter(|pid| Path::new(&format!("/proc/{pid}/exe")).exists()) {
            kill(*app, Signal::TERM)?;
        }
        Ok(())
    }

    /// Ends session, app and driver, and returns when they are gone.
    ///
    /// # Errors
    /// Where a process of the app outlives its driver.
    pub async fn close(mut self) -> Result<()> {
        let processes = self.processes().unwrap_or_default();
        self.client.clone().close().await.ok();
        let ended = wait::until("the app to end", || async { processes.first().is_none_or(|pid| is_over(*pid)) }).await;
        self.driver.stop();
        ended
    }
}

/// Whether a process holds nothing any more: the next window of the same workstation takes its place on the bus. A process that ends loses
/// its program before its sockets, and its first thread before the others.
fn is_over(pid: u32) -> bool {
    let folder = PathBuf::from(format!("/proc/{pid}"));
    let threads = std::fs::read_dir(folder.join("task")).map_or(0, Iterator::count);
    let state = std::fs::read_to_string(folder.join("stat")).unwrap_or_default();
    let is_zombie = state.rsplit_once(") ").is_none_or(|(_, rest)| rest.starts_with(['Z', 'X']));
    is_zombie && threads <= 1
}

fn kill(pid: u32, signal: Signal) -> Result<()> {
    let pid = i32::try_from(pid).ok().and_then(Pid::from_raw).context("a process has a number")?;
    kill_process(pid, signal).context("could not signal a process")
}

async fn connect(port: u16, home: &Path, keyring: Keyring) -> Result<Client> {
    let mut args = vec!["--home".to_owned(), home.display().to_string()];
    if keyring == Keyring::InsecureFile {
        args.push("--insecure-keyring-file".to_owned());
    }
    let binary = program::path("sotto-desktop")?;
    let Value::Object(capabilities) = json!({ "webkitgtk:browserOptions": { "binary": binary, "args": args } }) else {
        bail!("capabilities are an object");
    };
    let mut builder = ClientBuilder::new(HttpConnector::new());
    builder.capabilities(capabilities);
    // The driver waits for good for an app that did not start.
    let session = tokio::time::timeout(wait::PATIENCE, builder.connect(&format!("http://127.0.0.1:{port}"))).await;
    session.context("the app did not start")?.context("the window driver opened no session")
}
