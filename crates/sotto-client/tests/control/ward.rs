//! What do the control connection's tests play on? One ward machine with Nora signed in, and Ida who tells it what to do.

use sotto_client::view::{
    Action, CommandReason, CommandRequest, CommandState, CommandView, ErrorCode, GroupMembersView, GroupRequest, Password, Settings,
};
use sotto_client::{Session, Workstation};
use sotto_protocol::{AccountId, CommandId, GroupId};

use super::support::{Clinic, password, until};

/// A clinic with an office, where Ida administers, and a ward.
pub struct Ward {
    pub clinic: Clinic,
    pub office: Workstation,
    pub admin: AccountId,
    pub ida: Session,
    pub ward: Workstation,
    /// The ward's id, as the console has it.
    pub id: String,
    pub nora: AccountId,
    pub nurse: Session,
}

impl Ward {
    /// Nora is signed in at the ward, and the clinic's own rules hold.
    pub async fn begin() -> Self {
        Self::begin_under(None).await
    }

    /// As [`Self::begin`], with rules for every machine that hold before the ward is let in.
    pub async fn begin_under(rules: Option<Settings>) -> Self {
        let clinic = Clinic::start().await;
        let (office, admin) = clinic.found().await;
        let ida = office.sign_in(admin, &password()).await.unwrap();
        if let Some(settings) = rules {
            set_group(&ida, "Everyone", GroupMembersView::Everyone, settings).await;
        }
        let ward = clinic.let_in(&ida, "ward").await;
        let (nora, nurse) = clinic.colleague(&ida, &ward, "Nora Nurse").await;
        let id = ida.workstations().await.unwrap().into_iter().find(|one| one.name == "ward").unwrap().id;
        Self { clinic, office, admin, ida, ward, id, nora, nurse }
    }

    /// As [`Self::begin`], and Nora's screen is locked.
    pub async fn begin_locked() -> Self {
        let ward = Self::begin().await;
        ward.nurse.lock().await.unwrap();
        ward
    }

    /// Lets the nurse open her vault by a PIN.
    pub async fn set_pin(&self) -> sotto_client::Result<()> {
        self.nurse.set_pin(&password(), &Password::new("825071".into())).await
    }

    /// Serves the ward's control connection until the test is over.
    pub fn serve(&self) -> tokio::task::JoinHandle<ErrorCode> {
        let ward = self.ward.clone();
        tokio::spawn(async move { ward.serve_control().await })
    }

    /// Tells the ward to do that, to one person or to everybody.
    pub async fn issue(&self, account: Option<AccountId>, action: Action) -> CommandId {
        issue(&self.ida, &self.id, account, action).await
    }

    /// Waits until the console says that of a command.
    pub async fn told(&self, command: CommandId, state: CommandState) -> CommandView {
        told(&self.ida, command, state).await
    }

    /// Waits for the receipt of a command.
    pub async fn receipted(&self, command: CommandId) -> CommandView {
        self.told(command, CommandState::Receipted).await
    }

    /// Sets rules for a new group.
    pub async fn set_group(&self, name: &str, members: GroupMembersView, settings: Settings) -> GroupId {
        set_group(&self.ida, name, members, settings).await
    }
}

async fn set_group(ida: &Session, name: &str, members: GroupMembersView, settings: Settings) -> GroupId {
    ida.set_group(GroupRequest { group: None, name: name.into(), members, settings }).await.unwrap()
}

/// Tells a machine to do that, to one person or to everybody.
pub async fn issue(ida: &Session, workstation: &str, account: Option<AccountId>, action: Action) -> CommandId {
    let request = CommandRequest { workstation: workstation.to_owned(), account, action, reason: CommandReason::Routine };
    ida.issue_command(request).await.unwrap()
}

/// Waits until the console says that of a command.
pub async fn told(ida: &Session, command: CommandId, state: CommandState) -> CommandView {
    until(ida, async || {
        ida.reconnect().unwrap();
        let commands = ida.commands().await.unwrap();
        commands.into_iter().find(|one| one.command == command && one.state == state)
    })
    .await
}

/// Tries the right password.
pub async fn opens(machine: &Workstation, account: AccountId) -> Result<(), ErrorCode> {
    match machine.sign_in(account, &password()).await {
        Ok(session) => session.lock().await.map_err(|error| error.code),
        Err(error) => Err(error.code),
    }
}
