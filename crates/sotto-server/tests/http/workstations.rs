//! How machines are let in and shut out, and that one which is not let in gets nothing.

use reqwest::Method;
use sotto_protocol::api::{Base64, DeviceRequest, DirectoryResponse, WorkstationsResponse};
use sotto_protocol::feed::Frame;
use sotto_protocol::limits::CLOCK_SKEW_MS;
use sotto_protocol::role::Role;
use sotto_protocol::statement::{Signer, Statement};
use sotto_protocol::{AccountId, ErrorCode, WorkstationId};
use sotto_server::Limits;

use super::support::{Clinic, Machine, Person, code, now, sign};

/// As long as a token of these tests holds.
const YEAR: u64 = 31_536_000_000;

#[tokio::test]
async fn a_token_is_good_once_and_a_repeat_gets_the_same_answer() {
    let mut clinic = Clinic::found().await;
    let ana = clinic.first_person().await;
    let machine = Machine::make();
    let cert = machine.cert(clinic.org);
    assert_eq!(machine.post_cert(&clinic, &cert).await, Err(ErrorCode::TokenUnknown));
    let token = Statement::WorkstationToken(machine.token(clinic.org));
    assert_eq!(ana.post_statement(&clinic, &sign(&clinic.admin, Signer::Admin(clinic.grant), &token)).await, Ok(10));
    let with_token = async |clinic: &Clinic| {
        let url = clinic.url(&format!("/v1/directory?token={}", machine.token));
        clinic.client().get(url).header("sotto-version", "1").send().await.unwrap()
    };
    let directory: DirectoryResponse = with_token(&clinic).await.json().await.unwrap();
    assert_eq!((directory.statements.len(), directory.version), (10, 10));
    clinic.clock.set(now() + 2 * YEAR);
    assert_eq!(machine.post_cert(&clinic, &cert).await, Err(ErrorCode::TokenExpired));
    assert_eq!(code(with_token(&clinic).await).await, (403, ErrorCode::TokenExpired));
    clinic.clock.set(now() + 1);
    let forged = sign(&clinic.admin, Signer::Token(machine.token), &cbor_cert(&machine, &clinic));
    assert_eq!(machine.post_cert(&clinic, &forged).await, Err(ErrorCode::SignatureInvalid));
    for _ in 0..2 {
        assert_eq!(machine.post_cert(&clinic, &cert).await, Ok(11));
        clinic.restart().await;
    }
    let thief = Machine { workstation: WorkstationId::from_bytes([9; 16]), ..machine };
    assert_eq!(thief.post_cert(&clinic, &thief.cert(clinic.org)).await, Err(ErrorCode::TokenUsed));
    let url = clinic.url(&format!("/v1/directory?token={}", thief.token));
    let used = clinic.client().get(url).header("sotto-version", "1").send().await.unwrap();
    assert_eq!(code(used).await, (409, ErrorCode::TokenUsed));
    assert_eq!(ana.post_statement(&clinic, &cert).await, Err(ErrorCode::NotPermitted), "by its own route only");
}

fn cbor_cert(machine: &Machine, clinic: &Clinic) -> Statement {
    sotto_protocol::cbor::parse_canonical(&machine.cert(clinic.org).statement, 9_999).unwrap()
}

#[tokio::test]
async fn a_withdrawn_token_lets_nobody_in() {
    let clinic = Clinic::found().await;
    let ana = clinic.first_person().await;
    let machine = Machine::make();
    let token = Statement::WorkstationToken(machine.token(clinic.org));
    ana.post_statement(&clinic, &sign(&clinic.admin, Signer::Admin(clinic.grant), &token)).await.unwrap();
    ana.shut_out(&clinic, 1, vec![WorkstationId::from_bytes(*machine.token.as_bytes())]).await.unwrap();
    assert_eq!(machine.post_cert(&clinic, &machine.cert(clinic.org)).await, Err(ErrorCode::NotPermitted));
}

#[tokio::test]
async fn a_founding_lets_the_founders_machine_in() {
    let clinic = Clinic::start(Limits::default()).await;
    let statements = clinic.founding();
    let without = &statements[..4];
    assert_eq!(clinic.post_founding(&clinic.setup_code, without).await, (400, Some(ErrorCode::Malformed)));
    let stranger = Machine::make().cert(clinic.org);
    let strange = [without, &[stranger]].concat();
    assert_eq!(clinic.post_founding(&clinic.setup_code, &strange).await, (403, Some(ErrorCode::UnknownRoot)));
    assert_eq!(clinic.post_founding(&clinic.setup_code, &statements).await, (200, None));
    assert_eq!(clinic.machine.get(&clinic, "/v1/directory?after=0").await.status(), 200);
}

#[tokio::test]
async fn a_workstations_proof_is_good_once_and_for_itself() {
    let clinic = Clinic::found().await;
    let (ana, target) = (clinic.first_person().await, "/v1/directory?after=0");
    let machine = &clinic.machine;
    let proof = machine.proof("GET", target, &[], now()).header();
    let send = async |proof: &str| machine.send(&clinic, Method::GET, target, vec![], proof).await;
    assert_eq!(send(&proof).await.status(), 200);
    assert_eq!(code(send(&proof).await).await, (401, ErrorCode::RequestReplayed));
    for other in [machine.proof("GET", "/v1/directory?after=1", &[], now()), machine.proof("POST", target, &[], now())] {
        assert_eq!(code(send(&other.header()).await).await, (401, ErrorCode::SignatureInvalid));
    }
    let late = machine.proof("GET", target, &[], now() - CLOCK_SKEW_MS).header();
    assert_eq!(code(send(&late).await).await, (401, ErrorCode::ClockSkew));
    let unknown = Machine::make().proof("GET", target, &[], now()).header();
    assert_eq!(code(send(&unknown).await).await, (401, ErrorCode::WorkstationUnknown));
    let devices = ana.proof("GET", target, &[], now()).header();
    assert_eq!(code(send(&devices).await).await, (401, ErrorCode::WorkstationUnknown), "a device is no workstation");
    for target in ["/v1/share", "/v1/feed?after=0", "/v1/sign-ins", "/v1/workstations"] {
        assert_eq!(code(machine.get(&clinic, target).await).await, (401, ErrorCode::NotEnrolled), "{target}");
    }
    for target in ["/v1/enrol", "/v1/devices", "/v1/sign-in/start", "/v1/sign-in/finish", "/v1/recovery/start"] {
        let sent = ana.post(&clinic, target, b"{}".to_vec()).await;
        assert_eq!(code(sent).await, (401, ErrorCode::WorkstationUnknown), "{target}");
    }
}

#[tokio::test]
async fn an_invite_is_used_at_the_machine_that_asks_and_at_no_other() {
    let clinic = Clinic::found().await;
    let ana = clinic.first_person().await;
    let other = clinic.machine(&ana).await;
    let (invite, signed, key) = clinic.invite(AccountId::from_bytes([9; 16]), 1);
    ana.post_statement(&clinic, &signed).await.unwrap();
    let ben = Person::new(&clinic, &invite);
    let request = ben.enrolment(&clinic, &invite, &key);
    assert_eq!(code(other.post(&clinic, "/v1/enrol", &request).await).await, (403, ErrorCode::NotPermitted));
    assert_eq!(ben.post_enrolment(&clinic, &request).await, Ok(14));
    assert_eq!(code(other.post(&clinic, "/v1/enrol", &request).await).await, (403, ErrorCode::NotPermitted), "nor a repeat");
}

#[tokio::test]
async fn an_account_gets_a_device_at_another_machine_with_a_share_of_its_own() {
    let mut clinic = Clinic::found().await;
    let [ana, ben] = clinic.people().await;
    let other = clinic.machine(&ana).await;
    let (there, cert) = ben.elsewhere(&clinic, &other);
    let request = DeviceRequest { device_cert: Base64::from(&cert) };
    assert_eq!(code(clinic.machine.post(&clinic, "/v1/devices", &request).await).await, (403, ErrorCode::NotPermitted));
    assert_eq!(code(there.get(&clinic, "/v1/share").await).await, (401, ErrorCode::NotEnrolled));
    for _ in 0..2 {
        assert_eq!(other.post(&clinic, "/v1/devices", &request).await.status(), 200);
        clinic.restart().await;
    }
    let share = async |person: &Person| person.get(&clinic, "/v1/share").await.text().await.unwrap();
    assert_ne!(share(&there).await, share(&ben).await);
    let forged = sign(&ana.signing, Signer::Account(ben.account, 1), &parse(&ben.elsewhere(&clinic, &other).1));
    let forged = DeviceRequest { device_cert: Base64::from(&forged) };
    assert_eq!(code(other.post(&clinic, "/v1/devices", &forged).await).await, (401, ErrorCode::SignatureInvalid));
    ana.revoke(&clinic, 1, vec![(ben.account, 1)], vec![]).await.unwrap();
    let late = DeviceRequest { device_cert: Base64::from(&ben.elsewhere(&clinic, &other).1) };
    assert_eq!(code(other.post(&clinic, "/v1/devices", &late).await).await, (403, ErrorCode::AccountRevoked));
}

fn parse(signed: &sotto_protocol::statement::Signed) -> Statement {
    sotto_protocol::cbor::parse_canonical(&signed.statement, 9_999).unwrap()
}

#[tokio::test]
async fn a_revoked_machine_is_cut_off_with_every_device_on_it() {
    let clinic = Clinic::found().await;
    let [ana, ben] = clinic.people().await;
    let other = clinic.machine(&ana).await;
    let (there, cert) = ben.elsewhere(&clinic, &other);
    let request = DeviceRequest { device_cert: Base64::from(&cert) };
    assert_eq!(other.post(&clinic, "/v1/devices", &request).await.status(), 200);
    let (mut cut, mut stays) = (there.feed(&clinic, 0).await, ben.feed(&clinic, 0).await);
    cut.catch_up().await;
    stays.catch_up().await;
    ana.shut_out(&clinic, 1, vec![other.workstation]).await.unwrap();
    assert_eq!(cut.next_of_log().await, Some(Frame::End { code: ErrorCode::WorkstationRevoked }));
    assert!(matches!(stays.next().await, Some(Frame::Directory { .. })));
    for target in ["/v1/share", "/v1/feed?after=0", "/v1/sign-ins"] {
        assert_eq!(code(there.get(&clinic, target).await).await, (403, ErrorCode::WorkstationRevoked), "{target}");
    }
    assert_eq!(code(other.get(&clinic, "/v1/directory?after=0").await).await, (403, ErrorCode::WorkstationRevoked));
    assert_eq!(code(other.post(&clinic, "/v1/devices", &request).await).await, (403, ErrorCode::WorkstationRevoked));
    assert_eq!(ben.get(&clinic, "/v1/share").await.status(), 200, "elsewhere nothing changed");
}

#[tokio::test]
async fn an_admin_sees_when_each_machine_was_here_also_after_a_restart() {
    let mut clinic = Clinic::found().await;
    let ben = clinic.first_person().await;
    let ana = clinic.person_as(&ben, Role::ItAdmin).await;
    let other = clinic.machine(&ana).await;
    assert_eq!(other.get(&clinic, "/v1/directory?after=0").await.status(), 200);
    let early = now() + 1;
    clinic.clock.set(early + 60_000);
    assert_eq!(code(ben.get(&clinic, "/v1/workstations").await).await, (403, ErrorCode::NotPermitted));
    clinic.restart().await;
    let list = async |clinic: &Clinic| -> Vec<(WorkstationId, u64)> {
        let list: WorkstationsResponse = ana.get(clinic, "/v1/workstations").await.json().await.unwrap();
        let mut seen: Vec<_> = list.workstations.iter().map(|seen| (seen.workstation, seen.seen_at)).collect();
        seen.sort_by_key(|(_, at)| *at);
        seen
    };
    assert_eq!(list(&clinic).await, [(other.workstation, early), (clinic.machine.workstation, early + 60_000)]);
    let (there, cert) = ben.elsewhere(&clinic, &other);
    other.post(&clinic, "/v1/devices", &DeviceRequest { device_cert: Base64::from(&cert) }).await;
    let _open = there.feed(&clinic, 0).await;
    clinic.clock.set(early + 90_000);
    assert!(list(&clinic).await.contains(&(other.workstation, early + 90_000)), "a feed is open there");
}
