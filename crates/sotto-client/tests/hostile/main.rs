//! Whether a server that lies is caught, and says which lie it was: the person is warned by name, and nothing readable reaches the server.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod commands;
mod directory;
mod log;
mod server;
mod shut_out;
mod sign_in;
mod silence;
mod stage;
#[path = "../support/mod.rs"]
mod support;

use server::Hostile;
use sotto_client::view::{CreateThreadRequest, MessagePageRequest, MessageView, ThreadClass};
use sotto_client::{Session, Workstation};
use sotto_protocol::{AccountId, ThreadId};
use stage::Stage;
use support::{Clinic, password, until};

/// What is said in these tests, and what the server must never hear.
const SECRET: &str = "potassium 6.9 on bed seven";

/// Nora's machine reaches the server only through the liar; Nils and the administrator ask the real one.
struct Scene {
    clinic: Clinic,
    hostile: Hostile,
    ida: Session,
    ward: Workstation,
    nora: AccountId,
    nurse: Session,
    nils: AccountId,
    colleague: Session,
}

impl Scene {
    async fn begin() -> Self {
        let Stage { clinic, hostile, ida, ward, nora, nurse, .. } = Stage::begin().await;
        let (bed, nils) = clinic.enrol(&ida, "Nils Night").await;
        let colleague = bed.sign_in(nils, &password()).await.unwrap();
        until(&nurse, async || (nurse.directory().await.unwrap().len() == 3).then_some(())).await;
        Self { clinic, hostile, ida, ward, nora, nurse, nils, colleague }
    }

    /// A thread of the two, with one message that both have.
    async fn thread(&self) -> ThreadId {
        let request = CreateThreadRequest { class: ThreadClass::Staff, members: vec![self.nora], title: None, patient: None, reason: None };
        let thread = self.colleague.create_thread(request).await.unwrap().row.thread;
        support::say(&self.colleague, thread, SECRET).await;
        until(&self.nurse, async || self.nurse.thread(thread).await.ok().filter(|view| view.row.preview == SECRET)).await;
        thread
    }

    /// Ends it: the server has learned nothing.
    async fn end(self) {
        assert!(!self.hostile.heard(SECRET), "the server heard what was said");
        assert!(self.hostile.heard("account_cert"), "what it heard was kept");
        for session in [self.nurse, self.colleague, self.ida] {
            session.lock().await.ok();
        }
        self.clinic.running.shutdown().await;
    }
}

async fn log(session: &Session, thread: ThreadId) -> Vec<MessageView> {
    session.messages(MessagePageRequest { thread, before: None, after: None, limit: 50 }).await.unwrap().messages
}
