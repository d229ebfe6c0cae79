//! How the server's half of OPAQUE is worked on: with the setup that is kept in the database, and off the threads that serve connections.

use std::sync::Arc;

use ring::rand::SystemRandom;
use sotto_credential::opaque::{LoginStart, MalformedMessage, ServerSetup};
use sotto_protocol::{ErrorCode, LoginHandle, OrgId, WorkstationId};
use tokio::sync::Semaphore;

use crate::db::Embedded;
use crate::error::Result;
use crate::limits::OPAQUE_AT_ONCE;
use crate::server::StartError;
use crate::store::sign_in::{Secret, SignInStore};

/// The server's half.
#[derive(Debug)]
pub struct Opaque {
    setup: Arc<ServerSetup>,
    room: Semaphore,
}

impl Opaque {
    /// The stored setup; the first start makes it.
    ///
    /// # Errors
    /// That of the store, or a setup that is damaged.
    pub async fn load(store: &Embedded) -> Result<Self, StartError> {
        let fresh = Secret::from(ServerSetup::generate(&SystemRandom::new()).to_bytes().to_vec());
        let kept = store.keep_setup(fresh).await?;
        let setup = ServerSetup::from_bytes(kept.bytes()).map_err(|_| StartError::Opaque)?;
        Ok(Self { setup: Arc::new(setup), room: Semaphore::new(OPAQUE_AT_ONCE) })
    }

    /// Answers a registration's request.
    ///
    /// # Errors
    /// [`ErrorCode::Malformed`].
    pub async fn register(&self, handle: LoginHandle, request: Vec<u8>) -> Result<Vec<u8>> {
        self.work(move |setup| setup.register(handle, &request)).await
    }

    /// Answers a login's first message; the same work, and an answer of the same form, where there is no record.
    ///
    /// # Errors
    /// [`ErrorCode::Malformed`].
    pub async fn start_login(
        &self,
        handle: LoginHandle,
        record: Option<Secret>,
        request: Vec<u8>,
        whom: (OrgId, WorkstationId),
    ) -> Result<LoginStart> {
        self.work(move |setup| setup.start_login(handle, record.as_ref().map(Secret::bytes), &request, whom, &SystemRandom::new())).await
    }

    /// A third of a millisecond of arithmetic would keep the other connections of this thread waiting.
    async fn work<T: Send + 'static>(&self, job: impl FnOnce(&ServerSetup) -> Result<T, MalformedMessage> + Send + 'static) -> Result<T> {
        let setup = Arc::clone(&self.setup);
        let _place = self.room.acquire().await.map_err(|_| ErrorCode::ServerBusy)?;
        let worked = tokio::task::spawn_blocking(move || job(&setup)).await.map_err(|_| ErrorCode::Internal)?;
        worked.map_err(|_| ErrorCode::Malformed.into())
    }
}
