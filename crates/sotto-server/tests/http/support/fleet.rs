//! How IT of a test tells machines what to do, and how a machine answers.

use serde_bytes::ByteBuf;
use sotto_protocol::api::{Base64, ReceiptRequest};
use sotto_protocol::directory::DirectoryHead;
use sotto_protocol::statement::{
    Action, Approval, Command, CommandOutcome, CommandReason, Custody, GroupMembers, GroupPolicy, Incident, IncidentClosed,
    IncidentOutcome, IncidentReason, Receipt, Settings, Signed, Signer, Statement,
};
use sotto_protocol::{AccountId, CommandId, ErrorCode, GroupId, IncidentId};

use super::feed::OpenFeed;
use super::machine::Machine;
use super::random;
use super::server::{Clinic, now, sign, version};

const DAY: u64 = 86_400_000;

impl Clinic {
    /// A statement by the admin.
    pub fn by_admin(&self, statement: &Statement) -> Signed {
        sign(&self.admin, Signer::Admin(self.grant), statement)
    }

    /// A command to a machine, of today.
    pub fn command(&self, to: &Machine, account: Option<AccountId>, action: Action, serial: u64) -> Command {
        Command {
            org: self.org,
            command: CommandId::from_bytes(random::bytes()),
            workstation: to.workstation,
            account,
            action,
            directory: DirectoryHead::START,
            serial,
            reason: CommandReason::Lost,
            issued_at: now(),
            not_after: now() + DAY,
        }
    }

    /// Somebody agrees to a command.
    pub fn approval(&self, command: &Command) -> Statement {
        Statement::Approval(Approval { org: self.org, command: command.command, issued_at: now() })
    }

    /// A machine goes to somebody, or to nobody.
    pub fn custody(&self, of: &Machine, custodian: Option<AccountId>, serial: u64) -> Custody {
        Custody { org: self.org, workstation: of.workstation, serial, custodian, location: ByteBuf::from([5; 60]), issued_at: now() }
    }

    /// A machine is missing.
    pub fn incident(&self, of: &Machine, byte: u8) -> Incident {
        let (incident, reason) = (IncidentId::from_bytes([byte; 16]), IncidentReason::Lost);
        Incident { org: self.org, incident, workstation: of.workstation, reason, issued_at: now() }
    }

    /// How it ended.
    pub fn incident_closed(&self, byte: u8, outcome: IncidentOutcome) -> IncidentClosed {
        IncidentClosed { org: self.org, incident: IncidentId::from_bytes([byte; 16]), outcome, issued_at: now() }
    }

    /// Rules for every machine.
    pub fn rules_for_everyone(&self, serial: u64, settings: Settings) -> Statement {
        let (group, name) = (GroupId::from_bytes([7; 16]), ByteBuf::from([5; 60]));
        let members = GroupMembers::Everyone;
        Statement::GroupPolicy(GroupPolicy { org: self.org, group, serial, name, members, settings, issued_at: now() })
    }
}

impl Machine {
    /// The machine's control connection, after the first `after` statements.
    pub async fn control(&self, clinic: &Clinic, after: u64) -> OpenFeed {
        let answer = self.get(clinic, &format!("/v1/control?after={after}")).await;
        assert_eq!(answer.status(), 200);
        OpenFeed::new(answer)
    }

    /// What the machine signs when it has done a command.
    pub fn receipt(&self, clinic: &Clinic, command: &Command) -> Signed {
        let receipt = Receipt {
            org: clinic.org,
            command: command.command,
            workstation: self.workstation,
            outcome: CommandOutcome::Done,
            erased: Vec::new(),
            begun_at: now(),
            ended_at: now() + 1,
        };
        sign(&self.key, Signer::Workstation(self.workstation), &Statement::Receipt(receipt))
    }
}

/// Brings a receipt, without any proof.
pub async fn post_receipt(clinic: &Clinic, receipt: &Signed) -> Result<u64, ErrorCode> {
    let request = ReceiptRequest { receipt: Base64::from(receipt) };
    let sent = clinic.client().post(clinic.url("/v1/receipts")).header("sotto-version", "1").json(&request).send().await;
    version(sent.unwrap()).await
}
