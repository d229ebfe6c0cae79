//! How does the bench found a clinic of real clients? As people do it, with a file for a keyring and codes at once.

use std::path::Path;

use anyhow::Result;
use sotto_client::view::{EnrolmentBegun, InviteRequest, MakeWorkstationTokenRequest, Password, Role, WorkstationKind};
use sotto_client::{ClientError, FoundOrg, KeyringChoice, Options, Session, Workstation};

use crate::server::TestServer;
use crate::totp;

/// Founds the organisation at a first workstation; gives it and the administrator's session.
///
/// # Errors
/// Where client or server refuses.
pub async fn found(server: &TestServer, home: &Path, password: &Password) -> Result<(Workstation, Session)> {
    let found = FoundOrg {
        server: server.url(),
        ca_pem: server.ca_pem()?,
        setup_code: server.setup_code().to_owned(),
        clinic: "Bench".to_owned(),
        admin_name: "Admin".to_owned(),
        admin_title: "Bench".to_owned(),
        login: "admin".to_owned(),
        workstation_name: "First".to_owned(),
        idle_lock_s: sotto_client::IDLE_LOCK_S,
        lease_shared_s: sotto_client::LEASE_SHARED_S,
        lease_private_s: sotto_client::LEASE_PRIVATE_S,
        splitting: sotto_client::Splitting::USUAL,
        password: password.clone(),
    };
    let workstation = Workstation::open(home, Options::new(KeyringChoice::InsecureFile)).map_err(failed)?;
    let begun = workstation.found_org(found, |_| Ok(())).await.map_err(failed)?;
    let admin = confirm(&workstation, &begun).await?;
    Ok((workstation, admin))
}

/// Lets a machine in.
///
/// # Errors
/// As [`found`].
pub async fn let_in(admin: &Session, home: &Path, name: &str) -> Result<Workstation> {
    let token = MakeWorkstationTokenRequest { name: name.to_owned(), location: String::new(), kind: WorkstationKind::Private, days: 1 };
    let token = admin.make_workstation_token(token).await.map_err(failed)?;
    let workstation = Workstation::open(home, Options::new(KeyringChoice::InsecureFile)).map_err(failed)?;
    workstation.enrol_workstation(token.text.expose()).await.map_err(failed)?;
    Ok(workstation)
}

/// Invites a nurse of that name and enrols them at the workstation.
///
/// # Errors
/// As [`found`].
pub async fn enrol(admin: &Session, workstation: &Workstation, name: &str, password: &Password) -> Result<(EnrolmentBegun, Session)> {
    let (title, login, permissions) = ("Bench".to_owned(), name.to_lowercase(), Vec::new());
    let invite = InviteRequest { name: name.to_owned(), title, login, role: Role::Nurse, permissions, days: 1 };
    let invite = admin.invite(invite).await.map_err(failed)?;
    let begun = workstation.begin_enrol(invite.text.expose(), password).await.map_err(failed)?;
    let session = confirm(workstation, &begun).await?;
    Ok((begun, session))
}

/// Confirms the second factor as an app would, and gives the session that this opens.
async fn confirm(workstation: &Workstation, begun: &EnrolmentBegun) -> Result<Session> {
    let code = totp::code_now(begun.totp.secret_text.expose(), 0)?;
    Ok(workstation.finish_enrol(begun.account, &code).await.map_err(failed)?.session)
}

/// A client's failure as one of ours.
pub fn failed(error: ClientError) -> anyhow::Error {
    anyhow::anyhow!("{error}")
}
