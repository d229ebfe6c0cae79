//! What do the tests of a lying server play on? A ward that reaches the server only through the liar, and an office that asks the real one.

use sotto_client::{Session, Workstation};
use sotto_protocol::AccountId;

use super::server::Hostile;
use super::support::{Clinic, password};

/// Ida administers at the office; Nora is signed in at the ward.
pub struct Stage {
    pub clinic: Clinic,
    pub hostile: Hostile,
    pub office: Workstation,
    pub admin: AccountId,
    pub ida: Session,
    pub ward: Workstation,
    pub nora: AccountId,
    pub nurse: Session,
}

impl Stage {
    pub async fn begin() -> Self {
        let clinic = Clinic::start().await;
        let hostile = Hostile::start(&clinic.data(), clinic.running.addr).await;
        let (office, admin) = clinic.found().await;
        let ida = office.sign_in(admin, &password()).await.unwrap();
        let ward = clinic.let_in_over(&ida, "ward", hostile.address).await;
        let (nora, nurse) = clinic.colleague(&ida, &ward, "Nora Nurse").await;
        Self { clinic, hostile, office, admin, ida, ward, nora, nurse }
    }
}
