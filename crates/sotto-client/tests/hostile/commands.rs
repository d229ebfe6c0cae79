//! Lies to a machine that nobody is signed in at: orders that nobody gave, that were given before, too late, alone or to
//! another, older rules, an older custodian, and an incident that is over.

mod lies;
mod reports;

use std::time::Duration;

use sotto_client::clock::Clock as _;
use sotto_client::view::{
    Action, CloseIncidentRequest, CommandOutcome, CommandReason, CommandRequest, CommandState, CustodyRequest, ErrorCode, GroupMembersView,
    GroupRequest, IncidentOutcome, IncidentReason, OpenIncidentRequest, ReceiptView, Settings, WorkstationState,
};
use sotto_client::{Refusal, Session, Workstation};
use sotto_crypto::root_sheet::{Sheet, combine};
use sotto_crypto::statement::sign;
use sotto_crypto::{OsRandom, SigningKey};
use sotto_protocol::directory::{DirectoryHead, StatementError};
use sotto_protocol::key::Signature;
use sotto_protocol::statement::{Approval, Command, Signed, Signer, Statement};
use sotto_protocol::{AccountId, CommandId, GrantId, OrgId, WorkstationId, cbor, verify};

use self::lies::{Adds, Cuts, Keeps, LeavesOut, TellsOlder};
use super::server::{Honest, Hostile, Lie};
use super::stage::Stage;
use super::support::{Clinic, password, until};

/// A year and a day: no command may begin as late.
const TOO_LATE: Duration = Duration::from_secs(367 * 86_400);

/// Nora's machine reaches the server only through the liar, who also got hold of statements that the root signed.
struct Ward {
    clinic: Clinic,
    hostile: Hostile,
    office: Workstation,
    admin: AccountId,
    ida: Session,
    ward: Workstation,
    id: WorkstationId,
    nora: AccountId,
    nurse: Session,
    root: SigningKey,
}

impl Ward {
    async fn begin() -> Self {
        let Stage { clinic, hostile, office, admin, ida, ward, nora, nurse } = Stage::begin().await;
        let id = ida.workstations().await.unwrap().into_iter().find(|one| one.name == "ward").unwrap().id.parse().unwrap();
        let sheets: Vec<Sheet> = clinic.sheets.lock().unwrap().iter().map(|text| Sheet::parse_text(text).unwrap()).collect();
        let root = combine(&sheets, sheets[0].org()).unwrap().root;
        Self { clinic, hostile, office, admin, ida, ward, id, nora, nurse, root }
    }

    fn org(&self) -> OrgId {
        verify::org_id(&self.root.verify_key())
    }

    /// A wipe of the whole machine, as a server that wants it gone would have it.
    fn wipe(&self, serial: u64) -> Command {
        let now = self.clinic.clock.wall_ms();
        Command {
            org: self.org(),
            command: CommandId::from_bytes([66; 16]),
            workstation: self.id,
            account: None,
            action: Action::Wipe,
            directory: DirectoryHead::START,
            serial,
            reason: CommandReason::Lost,
            issued_at: now,
            not_after: now + 86_400_000,
        }
    }

    /// That wipe, signed by the root.
    fn signed(&self, order: Command) -> Signed {
        sign(&Signer::Root, &Statement::Command(order), &self.root)
    }

    async fn issue(&self, workstation: WorkstationId, account: Option<AccountId>, action: Action) -> CommandId {
        let request = CommandRequest { workstation: workstation.to_string(), account, action, reason: CommandReason::Routine };
        self.ida.issue_command(request).await.unwrap()
    }

    async fn receipt(&self, command: CommandId) -> ReceiptView {
        until(&self.ida, async || {
            self.ida.reconnect().unwrap();
            let commands = self.ida.commands().await.unwrap();
            commands.into_iter().find(|one| one.command == command && one.state == CommandState::Receipted)?.receipt
        })
        .await
    }

    /// Serves the control connection with this lie until something is refused for that reason; nothing is done by it, and the next order
    /// of somebody who may is.
    async fn refuses(&self, lie: impl Lie + 'static, reason: Refusal) {
        let before = self.ward.refusals().len();
        self.hostile.tell(lie);
        let control = self.serve();
        until(&self.ida, async || self.ward.refusals()[before..].contains(&reason).then_some(())).await;
        self.is_untouched();
        self.hostile.tell(Honest);
        self.obeys().await;
        self.is_untouched();
        control.abort();
    }

    async fn refuses_added(&self, signed: &Signed, reason: StatementError) {
        self.refuses(Adds(vec![cbor::encode(signed)]), Refusal::Statement(reason)).await;
    }

    fn serve(&self) -> tokio::task::JoinHandle<ErrorCode> {
        let ward = self.ward.clone();
        tokio::spawn(async move { ward.serve_control().await })
    }

    fn is_untouched(&self) {
        let view = self.ward.view();
        assert!(!self.nurse.is_locked(), "the session stays open");
        assert!(view.enrolled && view.wiped_at.is_none() && view.people.iter().any(|tile| tile.account == self.nora));
    }

    /// The machine does what it is really told.
    async fn obeys(&self) {
        let report = self.issue(self.id, None, Action::Report).await;
        assert_eq!(self.receipt(report).await.outcome, CommandOutcome::Done);
    }

    /// The right password still opens the vault.
    async fn end(self) {
        self.nurse.lock().await.unwrap();
        self.ward.sign_in(self.nora, &password()).await.unwrap().lock().await.unwrap();
        self.ida.lock().await.unwrap();
        self.clinic.running.shutdown().await;
    }

    /// The statements that the machine hears, all of them, while it does what is due.
    async fn listen(&self) -> Vec<Vec<u8>> {
        std::fs::remove_file(self.clinic.home("ward").join("directory")).ok();
        let keeps = Keeps::default();
        self.hostile.tell(keeps.clone());
        self.ward.hear_control().await.unwrap();
        self.hostile.tell(Honest);
        keeps.taken()
    }
}

fn thief() -> SigningKey {
    SigningKey::generate(&mut OsRandom::new())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_nobody_gave_is_not_done() {
    let ward = Ward::begin().await;
    let (order, genuine) = (ward.wipe(1_000), ward.signed(ward.wipe(1_000)));
    let mut bytes = *genuine.signature.as_bytes();
    bytes[20] ^= 1;
    let flipped = Signed { signature: Signature::from_bytes(bytes), ..genuine.clone() };
    let with = |order: Command, signed: Signed| Signed { statement: cbor::encode(&Statement::Command(order)).into(), ..signed };
    let later = with(Command { serial: 1_001, ..order.clone() }, genuine.clone());
    let to_another = Command { workstation: WorkstationId::from_bytes([7; 16]), ..order.clone() };
    let redirected = with(order.clone(), ward.signed(to_another));
    let by = |signer: Signer| sign(&signer, &Statement::Command(order.clone()), &thief());
    for (forged, reason) in [
        (flipped, StatementError::BadSignature),
        (later, StatementError::BadSignature),
        (redirected, StatementError::BadSignature),
        (by(Signer::Root), StatementError::BadSignature),
        (by(Signer::Account(ward.nora, 1)), StatementError::BadSignature),
        (by(Signer::Workstation(ward.id)), StatementError::BadSignature),
        (by(Signer::Admin(GrantId::from_bytes([8; 16]))), StatementError::UnknownSigner),
    ] {
        ward.refuses_added(&forged, reason).await;
    }
    ward.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_done_once_and_none_with_its_serial_or_a_lower_one() {
    let mut ward = Ward::begin().await;
    let lock = ward.issue(ward.id, Some(ward.nora), Action::Lock).await;
    let statements = ward.listen().await;
    assert_eq!(ward.receipt(lock).await.outcome, CommandOutcome::Done);
    assert!(ward.nurse.is_locked());
    ward.nurse = ward.ward.sign_in(ward.nora, &password()).await.unwrap();
    let place = statements.iter().position(|bytes| command_in(bytes) == Some(lock)).unwrap();

    ward.refuses(Adds(vec![statements[place].clone()]), Refusal::Statement(StatementError::Duplicate)).await;
    // The root itself signed these: what is wrong with them is the serial. Lock and report had 1 and 2, and the next report has 3.
    ward.refuses_added(&ward.signed(ward.wipe(2)), StatementError::Rollback).await;
    ward.refuses_added(&ward.signed(ward.wipe(1)), StatementError::Rollback).await;
    // The machine's copy is gone, and the server shows the directory as it was before the receipt: only the keyring knows.
    std::fs::remove_file(ward.clinic.home("ward").join("directory")).unwrap();
    ward.refuses(Cuts { left: place as u64 + 1, told: place as u64 + 1 }, Refusal::DoneBefore).await;
    ward.end().await;
}

fn statement_in(bytes: &[u8]) -> Statement {
    let signed: Signed = cbor::parse_canonical(bytes, sotto_protocol::limits::STATEMENT_BYTES).unwrap();
    cbor::parse_canonical(&signed.statement, sotto_protocol::limits::STATEMENT_BYTES).unwrap()
}

fn command_in(bytes: &[u8]) -> Option<CommandId> {
    match statement_in(bytes) {
        Statement::Command(command) => Some(command.command),
        _ => None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_was_kept_back_for_too_long_is_not_done() {
    let mut ward = Ward::begin().await;
    let lock = ward.issue(ward.id, Some(ward.nora), Action::Lock).await;
    ward.clinic.clock.pass(TOO_LATE);
    ward.nurse.lock().await.ok();
    ward.ida.lock().await.ok();
    ward.nurse = ward.ward.sign_in(ward.nora, &password()).await.unwrap();
    ward.ida = ward.office.sign_in(ward.admin, &password()).await.unwrap();
    ward.refuses(Honest, Refusal::Late).await;
    assert_eq!(ward.receipt(lock).await.outcome, CommandOutcome::Expired);
    ward.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_to_another_machine_is_not_done_here() {
    let ward = Ward::begin().await;
    ward.clinic.let_in(&ward.ida, "cart").await;
    // Before Ida's session heard that it is in, what has this name is its code.
    let cart = until(&ward.ida, async || {
        let machines = ward.ida.workstations().await.unwrap();
        machines.into_iter().find(|one| one.name == "cart" && one.state == WorkstationState::Active)
    });
    let cart = cart.await;
    ward.issue(cart.id.parse().unwrap(), None, Action::Wipe).await;
    ward.refuses(Honest, Refusal::AnotherWorkstation).await;
    ward.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_signature_is_not_two() {
    let ward = Ward::begin().await;
    let two = Settings { two_person_wipe: Some(true), ..Settings::default() };
    let group = GroupRequest { group: None, name: "Two".into(), members: GroupMembersView::Everyone, settings: two };
    ward.ida.set_group(group).await.unwrap();
    let wipe = ward.issue(ward.id, None, Action::Wipe).await;
    // Without the rule that asks for two: the wipe says which directory its author knew.
    let no_rule = LeavesOut(|statement| matches!(statement, Statement::GroupPolicy(_)));
    ward.refuses(no_rule, Refusal::Statement(StatementError::OtherDirectory)).await;
    assert!(ward.ward.refusals().contains(&Refusal::OneSignature));
    let agreed = Statement::Approval(Approval { org: ward.org(), command: wipe, issued_at: ward.clinic.clock.wall_ms() });
    ward.refuses_added(&sign(&Signer::Root, &agreed, &thief()), StatementError::BadSignature).await;
    ward.refuses_added(&sign(&Signer::Admin(GrantId::from_bytes([8; 16])), &agreed, &thief()), StatementError::UnknownSigner).await;
    // The root twice is one as well.
    let alone = ward.wipe(1_000);
    let itself = Statement::Approval(Approval { org: ward.org(), command: alone.command, issued_at: ward.clinic.clock.wall_ms() });
    let both = vec![cbor::encode(&ward.signed(alone)), cbor::encode(&sign(&Signer::Root, &itself, &ward.root))];
    ward.refuses(Adds(both), Refusal::Statement(StatementError::NotPermitted)).await;
    ward.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_are_not_put_back() {
    let ward = Ward::begin().await;
    let settings = |idle| Settings { idle_lock_s: Some(idle), ..Settings::default() };
    let group = |group, idle| GroupRequest { group, name: "Wards".into(), members: GroupMembersView::Everyone, settings: settings(idle) };
    let wards = ward.ida.set_group(group(None, 90)).await.unwrap();
    let older = ward.listen().await.pop().unwrap();
    ward.ida.set_group(group(Some(wards), 45)).await.unwrap();
    ward.ward.hear_control().await.unwrap();
    let idle = || ward.ward.rules().unwrap().idle_lock_s.value;
    assert_eq!(idle(), 45);
    ward.refuses(Adds(vec![older]), Refusal::Statement(StatementError::Rollback)).await;
    assert_eq!(idle(), 45);
    ward.refuses(TellsOlder, Refusal::OlderDirectory).await;
    assert_eq!(idle(), 45);
    ward.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_hand_is_taken_out_of_the_log_or_put_back() {
    let ward = Ward::begin().await;
    let hand = |custodian| CustodyRequest { workstation: ward.id.to_string(), custodian, location: "Ward 3".into() };
    ward.ida.set_custody(hand(Some(ward.nora))).await.unwrap();
    let older = ward.listen().await.pop().unwrap();
    ward.ida.set_custody(hand(None)).await.unwrap();
    ward.refuses(LeavesOut(|statement| matches!(statement, Statement::Custody(_))), Refusal::MissingStatements).await;
    ward.refuses(Adds(vec![older]), Refusal::Statement(StatementError::Rollback)).await;
    ward.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_incident_is_taken_out_of_the_register_or_opened_again() {
    let ward = Ward::begin().await;
    let report = OpenIncidentRequest { workstation: ward.id.to_string(), reason: IncidentReason::Lost };
    let incident = ward.ida.open_incident(report).await.unwrap();
    ward.refuses(LeavesOut(|statement| matches!(statement, Statement::Incident(_))), Refusal::MissingStatements).await;
    let opened = ward.listen().await.into_iter().find(|bytes| matches!(statement_in(bytes), Statement::Incident(_))).unwrap();
    ward.ida.close_incident(CloseIncidentRequest { incident, outcome: IncidentOutcome::Found }).await.unwrap();
    ward.refuses(LeavesOut(|statement| matches!(statement, Statement::IncidentClosed(_))), Refusal::MissingStatements).await;
    ward.refuses(Adds(vec![opened]), Refusal::Statement(StatementError::Duplicate)).await;
    ward.end().await;
}
