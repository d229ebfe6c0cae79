//! How does a session that the core has opened become the one that is served? At once, in a window of its own; or when its person enters.

use sotto_client::view::{ErrorCode, ErrorView, RecoveryCodes};
use sotto_client::{ClientError, Enrolled, Session, Workstation};
use tauri::{AppHandle, Manager};

use crate::desk::{self, Desk, refused};
use crate::door::{Attempt, Opened};
use crate::windows::{self, Pane};
use crate::{events, os, protection, watch};

/// An attempt to open a session. While it runs nobody else can begin one, and a lock makes it come to nothing.
pub(crate) struct Opening {
    app: AppHandle,
    attempt: Attempt,
    /// What is to open the session.
    pub workstation: Workstation,
}

impl Opening {
    /// Begins. Who had come in and not entered is locked. Fails with `conflict` while another attempt runs, and as the workstation does
    /// where it cannot be opened.
    pub async fn begin(app: &AppHandle) -> Result<Self, ErrorView> {
        let desk = app.state::<Desk>();
        let workstation = desk.workstation(app).await?.clone();
        let attempt = desk.begin_opening().await?;
        Ok(Self { app: app.clone(), attempt, workstation })
    }

    /// The person is here: opens the content window and destroys the one in which the password was typed. Fails as the core did, or with
    /// `locked` if the workstation was locked meanwhile.
    pub async fn show(self, opened: Result<Session, ClientError>) -> Result<(), ErrorView> {
        let session = self.or_give_up(opened)?;
        match self.desk().open(&self.attempt, session.clone()) {
            Opened::Taken => {
                show(&self.app, &session).await?;
                watch::begin(&self.app, &session);
                Ok(())
            }
            Opened::Unwanted(session) => {
                desk::close(&session).await;
                Err(refused(ErrorCode::Locked))
            }
        }
    }

    /// The person is here and has to write recovery codes down first: the session waits for [`enter`], no longer than the idle time.
    /// Where the workstation was locked meanwhile it is closed, and the codes are answered all the same: they cannot be had again.
    pub async fn wait(self, opened: Result<Enrolled, ClientError>) -> Result<RecoveryCodes, ErrorView> {
        let Enrolled { session, codes } = self.or_give_up(opened)?;
        match self.desk().wait(&self.attempt, session.clone()) {
            Opened::Taken => watch::begin(&self.app, &session),
            Opened::Unwanted(session) => desk::close(&session).await,
        }
        Ok(codes)
    }

    fn or_give_up<T>(&self, opened: Result<T, ClientError>) -> Result<T, ErrorView> {
        opened.map_err(|error| {
            self.desk().give_up(&self.attempt);
            error.into()
        })
    }

    fn desk(&self) -> tauri::State<'_, Desk> {
        self.app.state()
    }
}

/// The person who came in enters. Fails with `locked` where no session waits any more.
pub(crate) async fn enter(app: &AppHandle) -> Result<(), ErrorView> {
    let session = app.state::<Desk>().enter()?;
    show(app, &session).await
}

async fn show(app: &AppHandle, session: &Session) -> Result<(), ErrorView> {
    if let Err(error) = windows::replace(app, Pane::Lock, Pane::Content, windows::placement(app, Pane::Lock)).await {
        tracing::error!(%error, "could not open the content window");
        app.state::<Desk>().close().await;
        return Err(refused(ErrorCode::Internal));
    }
    protection::begin(app, session);
    events::forward(app, session);
    os::hotkey::take(app);
    Ok(())
}
