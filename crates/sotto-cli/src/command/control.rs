//! How does a machine without a window hear IT? It serves the control connection until it is out, or once.

use serde::Serialize;
use sotto_client::Workstation;

use crate::failure::{Failure, Outcome};
use crate::output::Output;

#[derive(Serialize)]
struct Heard {
    statements: u64,
}

/// Serves the connection, for as long as the machine belongs to the clinic; `once` only until everything that waits is heard and done.
///
/// # Errors
/// `workstation_revoked` at its end, and with `once` whatever kept it from being heard.
pub async fn run(once: bool, workstation: &Workstation, output: &Output) -> Outcome {
    if once {
        let statements = workstation.hear_control().await?;
        return output.value(&Heard { statements }, |heard| format!("Heard up to statement {}.", heard.statements)).await;
    }
    tokio::select! {
        code = workstation.serve_control() => Err(Failure::new(code)),
        _ = tokio::signal::ctrl_c() => Ok(()),
    }
}
