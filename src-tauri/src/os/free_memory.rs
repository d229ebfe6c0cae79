//! What stays in memory that was freed? On Linux nothing: the C libraries under the window are told to overwrite what they free.
//!
//! Rust's own blocks are zeroed by the allocator of `main.rs`. WebKit and GTK copy what passes between core and page with the C
//! library's allocator (and WebKit's own, unless it is told to use that one). Both read their settings from the environment before
//! the first line of a program runs, so the program starts itself once more with them. The process keeps its id.
//!
//! The processes that draw pages do not inherit it: they end with their window, memory and all, and graphics drivers that read what
//! they have freed crash when it was overwritten (Mesa's software renderer was seen to).

/// Starts this program again with the settings, if it does not have them. Returns if it has, or cannot; then the log says so.
#[cfg(target_os = "linux")]
pub(crate) fn overwrite_freed() {
    use std::os::unix::process::CommandExt as _;

    /// glibc fills every freed block (`mallopt(3)`, `M_PERTURB`), here with ones, and so every new one with zeros; its per-thread cache
    /// would keep small ones as they are.
    const TUNABLES: (&str, &str) = ("GLIBC_TUNABLES", "glibc.malloc.perturb=255:glibc.malloc.tcache_count=0");
    /// WebKit's bmalloc hands every request to the C library.
    const WEBKIT: (&str, &str) = ("Malloc", "1");

    let is_set = |(name, value): (&str, &str)| std::env::var(name).is_ok_and(|found| found == value);
    if is_set(TUNABLES) && is_set(WEBKIT) {
        // Read already by this process, and meant for it alone.
        webkit2gtk::glib::unsetenv(TUNABLES.0);
        return;
    }
    let Ok(program) = std::env::current_exe() else { return };
    let error =
        std::process::Command::new(program).args(std::env::args_os().skip(1)).env(TUNABLES.0, TUNABLES.1).env(WEBKIT.0, WEBKIT.1).exec();
    tracing::error!(%error, "could not start again with freed memory overwritten");
}

/// The C libraries of other systems have no such setting.
#[cfg(not(target_os = "linux"))]
pub(crate) fn overwrite_freed() {}
