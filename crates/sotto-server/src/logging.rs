//! How the server logs: one JSON object a line on the standard error stream, without ids of people, names or content.

use tracing_subscriber::EnvFilter;

/// Sends events to the standard error stream; `SOTTO_LOG` chooses which (default `info`). A second call does nothing.
pub fn start() {
    let filter = EnvFilter::try_from_env("SOTTO_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let subscriber = tracing_subscriber::fmt().json().flatten_event(true).with_writer(std::io::stderr).with_env_filter(filter);
    if subscriber.try_init().is_err() {
        tracing::debug!("logging was started before");
    }
}
