//! Can the server be reached while nobody is signed in? Asked without any proof, so it says nothing about anybody.

use std::sync::Arc;

use sotto_crypto::OsRandom;
use sotto_crypto::random::make_bytes;
use sotto_protocol::api::ServerResponse;

use super::Workstation;
use crate::error::Result;
use crate::sync::backoff::Backoff;
use crate::transport::Http;
use crate::view::{AppEvent, Connection};

impl Workstation {
    /// Returns once the server answers, and tells it as [`AppEvent::WorkstationChanged`]; until then it asks again, up to every half
    /// minute. Ends at once where there is no server to ask. May be dropped at any time.
    pub async fn reach_server(&self) {
        let mut backoff = Backoff::default();
        while let Err(error) = self.ask_server().await {
            if self.file().is_none() {
                return;
            }
            tracing::debug!(code = %error.code, "the server does not answer");
            tokio::time::sleep(backoff.next(u32::from_be_bytes(make_bytes(&mut OsRandom::new())))).await;
        }
        self.note_connection(Connection::Online);
        // Nobody may be listening: then nobody shows it either.
        self.shared.events.send(AppEvent::WorkstationChanged).ok();
    }

    async fn ask_server(&self) -> Result<()> {
        let (server, ca) = self.server()?;
        let http = Http::new(&server, &ca, Arc::clone(&self.shared.clock))?;
        http.fetch_json::<ServerResponse>("/v1/server", None).await.map(drop)
    }
}
