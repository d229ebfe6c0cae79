//! The journeys through the app's real windows: what somebody does, from end to end, with pictures and a transcript.

mod arrival;
mod background;
mod cast;
mod files;
mod first_message;
mod fleet;
mod lease;
mod leaver;
mod lost_device;
mod permissions;
mod policy;
mod receipts;
mod recovery;
mod roaming;
mod search;
mod shared_workstation;
mod transcript;
mod wipe;

use std::path::PathBuf;

use anyhow::{Context as _, Result};

use crate::program;
use transcript::Transcript;

/// A journey.
#[derive(Debug, Clone, Copy)]
pub struct Journey {
    /// What `cargo xtask journey` takes.
    pub name: &'static str,
    /// What happens in it, in a sentence.
    pub story: &'static str,
}

/// Every journey. A feature that a person can see adds its own.
pub const ALL: &[Journey] = &[
    Journey {
        name: "first-message",
        story: "A nurse writes to a physician on another workstation, who answers; the nurse's screen locks itself and comes back with the draft.",
    },
    Journey {
        name: "arrival",
        story: "An administrator makes a workstation token and an invite; a new machine and a new person come in, with password, second factor and recovery codes.",
    },
    Journey {
        name: "roaming",
        story: "A nurse signs in by name at a machine they never used, and Friday's messages are there, answered ones too.",
    },
    Journey {
        name: "recovery",
        story: "A nurse lost the password: a recovery code and the phone bring them back to everything, with a new password and new codes.",
    },
    Journey {
        name: "shared-workstation",
        story: "Two nurses share a machine: a PIN and a draft, a switch and back, five wrong PINs, and a full sign-in that loses nothing.",
    },
    Journey {
        name: "lease",
        story: "A clinic lets no workstation open without its server: the locked screen says so, and opens when the server is back.",
    },
    Journey {
        name: "leaver",
        story: "A nurse leaves the clinic while the window is open: it is shut at once, and the colleague's thread goes on without them by itself.",
    },
    Journey {
        name: "permissions",
        story: "The front desk is offered nothing clinical; another role changes the open window at once, and back; an administrator sees no thread.",
    },
    Journey {
        name: "policy",
        story: "IT sets a rule for the shared machines: it holds in a window that is open, and the console says where it comes from.",
    },
    Journey {
        name: "wipe",
        story: "IT wipes a machine with a locked screen: it says so at once, its receipt is signed, and the nurse goes on elsewhere.",
    },
    Journey {
        name: "lost-device",
        story: "A machine is lost while it is off: the guided steps, nothing claimed that nobody knows, and a receipt when it comes back.",
    },
    Journey {
        name: "files",
        story: "A nurse sends a photo of a wound with a question; the physician opens it inside the app, no disk holds it in the clear, and a program is refused.",
    },
    Journey {
        name: "receipts",
        story: "A question goes from the outbox over server, workstation and screen to an answer by a button; each step is told when it is so, and who has read.",
    },
    Journey {
        name: "search",
        story: "A nurse finds a word among everything, by who wrote it and about whom, in its place; what they read at one machine is read at another.",
    },
    Journey {
        name: "background",
        story: "The app runs without a window at a machine that nobody opened: IT reaches it, a second start shows the lock window, and a wipe is receipted.",
    },
];

/// Plays a journey and returns the folder with its pictures and `transcript.md`.
///
/// # Errors
/// The first thing that did not happen; the transcript says how far it got.
pub async fn play(name: &str) -> Result<PathBuf> {
    let journey = ALL.iter().find(|journey| journey.name == name).with_context(|| format!("there is no journey {name:?}"))?;
    let folder = program::output("journeys")?.join(journey.name);
    // Two runs at once would empty each other's folder: the second one waits.
    let lock = std::fs::File::create(folder.with_extension("lock")).context("could not make the journey's lock")?;
    lock.lock().context("could not wait for another run of the journey")?;
    match std::fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(error).with_context(|| format!("could not empty {}", folder.display()));
        }
        _ => {}
    }
    std::fs::create_dir_all(&folder).with_context(|| format!("could not make {}", folder.display()))?;
    let mut transcript = Transcript::begin(&folder, journey.story)?;
    let played = match journey.name {
        "arrival" => arrival::play(&folder, &mut transcript).await,
        "roaming" => roaming::play(&folder, &mut transcript).await,
        "recovery" => recovery::play(&folder, &mut transcript).await,
        "shared-workstation" => shared_workstation::play(&folder, &mut transcript).await,
        "lease" => lease::play(&folder, &mut transcript).await,
        "leaver" => leaver::play(&folder, &mut transcript).await,
        "permissions" => permissions::play(&folder, &mut transcript).await,
        "policy" => policy::play(&folder, &mut transcript).await,
        "wipe" => wipe::play(&folder, &mut transcript).await,
        "lost-device" => lost_device::play(&folder, &mut transcript).await,
        "files" => files::play(&folder, &mut transcript).await,
        "receipts" => receipts::play(&folder, &mut transcript).await,
        "search" => search::play(&folder, &mut transcript).await,
        "background" => background::play(&folder, &mut transcript).await,
        "first-message" => first_message::play(&folder, &mut transcript).await,
        unplayed => Err(anyhow::anyhow!("nobody plays {unplayed:?}")),
    };
    transcript.end(played.as_ref().err())?;
    played.map(|()| folder)
}
