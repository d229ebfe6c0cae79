//! What do the operating systems do differently? Each file is one thing, with one face and a body per system.

pub(crate) mod clipboard;
pub(crate) mod core_dump;
pub(crate) mod free_memory;
pub(crate) mod hotkey;
pub(crate) mod idle;
pub(crate) mod notify;
pub(crate) mod screen_lock;
pub(crate) mod screen_lock_setting;
pub(crate) mod tray;
pub(crate) mod web_process;
