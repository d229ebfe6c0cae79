//! Can a crash write our memory to disk? No: core dumps are off before anything secret is in memory.

/// Turns core dumps off for this process. The limit is inherited, so it holds for the webview's processes too;
/// `PR_SET_DUMPABLE` (Linux), which also forbids other processes of the same person to read our memory, is not inherited.
/// Windows writes none unless its error reporting is told to for this program.
pub(crate) fn forbid() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        if let Err(error) = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) }) {
            tracing::error!(%error, "could not turn core dumps off");
        }
    }
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable) {
        tracing::error!(%error, "could not forbid reading this process's memory");
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn no_core_is_written_and_the_memory_is_ours() {
        forbid();
        let limit = rustix::process::getrlimit(rustix::process::Resource::Core);
        assert_eq!((limit.current, limit.maximum), (Some(0), Some(0)));
        let dumpable = rustix::process::dumpable_behavior().unwrap();
        assert_eq!(dumpable, rustix::process::DumpableBehavior::NotDumpable);
    }
}
