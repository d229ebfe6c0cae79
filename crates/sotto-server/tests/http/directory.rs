//! How the directory grows: founding, enrolment, statements, and what each refuses.

use sotto_protocol::api::{DirectoryResponse, ShareResponse};
use sotto_protocol::statement::{Invite, Revocations, Signer, Statement};
use sotto_protocol::{AccountId, ErrorCode, WorkstationId};
use sotto_server::Limits;

use super::support::{Clinic, Machine, Person, code, now, random, sign};

const HOUR: u64 = 3_600_000;

#[tokio::test]
async fn an_organisation_is_founded_once_with_the_code() {
    let mut clinic = Clinic::start(Limits::default()).await;
    let statements = clinic.founding();
    let right = clinic.setup_code.clone();
    assert_eq!(clinic.post_founding("0000-0000", &statements).await, (403, Some(ErrorCode::NotPermitted)));
    assert_eq!(clinic.post_founding(&right, &statements[1..]).await, (400, Some(ErrorCode::Malformed)));
    let by_admin = clinic.invite(AccountId::from_bytes([1; 16]), 1).1;
    let mixed = [statements.clone(), vec![by_admin]].concat();
    assert_eq!(clinic.post_founding(&right, &mixed).await, (403, Some(ErrorCode::NotPermitted)));
    for _ in 0..2 {
        assert_eq!(clinic.post_founding(&right, &statements).await, (200, None));
        clinic.restart().await;
    }
    clinic.root = random::key();
    assert_eq!(clinic.post_founding(&right, &statements).await, (409, Some(ErrorCode::Conflict)));
}

#[tokio::test]
async fn an_invite_is_good_once_and_a_repeat_gets_the_same_answer() {
    let clinic = Clinic::found().await;
    let ana = clinic.first_person().await;
    let (invite, signed, key) = clinic.invite(AccountId::from_bytes([9; 16]), 1);
    let ben = Person::new(&clinic, &invite);
    let request = ben.enrolment(&clinic, &invite, &key);
    assert_eq!(ben.post_enrolment(&clinic, &request).await, Err(ErrorCode::InviteUnknown));
    assert_eq!(ana.post_statement(&clinic, &signed).await, Ok(10));
    assert_eq!(ben.post_enrolment(&clinic, &request).await, Ok(12));
    let share: ShareResponse = ben.get(&clinic, "/v1/share").await.json().await.unwrap();
    assert_eq!((share.account, share.share.0.len()), (ben.account, 32));
    clinic.person(&ana).await;
    assert_eq!(ben.post_enrolment(&clinic, &request).await, Ok(12));
    let again: ShareResponse = ben.get(&clinic, "/v1/share").await.json().await.unwrap();
    assert_eq!(again, share);
    let thief = Person::new(&clinic, &invite);
    let stolen = thief.enrolment(&clinic, &invite, &key);
    assert_eq!(thief.post_enrolment(&clinic, &stolen).await, Err(ErrorCode::InviteUsed));
    let others: ShareResponse = ana.get(&clinic, "/v1/share").await.json().await.unwrap();
    assert_ne!(others.share, share.share);
}

#[tokio::test]
async fn an_enrolment_is_whole_or_not_at_all() {
    let clinic = Clinic::found().await;
    let ana = clinic.first_person().await;
    let (invite, signed, key) = clinic.invite(AccountId::from_bytes([9; 16]), 1);
    ana.post_statement(&clinic, &signed).await.unwrap();
    let ben = Person::new(&clinic, &invite);
    let right = ben.enrolment(&clinic, &invite, &key);
    let mut forged = right.clone();
    forged.device_cert = Person::new(&clinic, &invite).enrolment(&clinic, &invite, &key).device_cert;
    assert_eq!(ben.post_enrolment(&clinic, &forged).await, Err(ErrorCode::SignatureInvalid));
    clinic.clock.set(invite.not_after + 1);
    assert_eq!(ben.post_enrolment(&clinic, &right).await, Err(ErrorCode::InviteExpired));
    clinic.clock.set(now());
    assert_eq!(ben.post_enrolment(&clinic, &right).await, Ok(12), "the invite was not used up by the attempts");
}

#[tokio::test]
async fn the_directory_is_read_with_a_device_or_with_an_unused_invite() {
    let clinic = Clinic::found().await;
    let ana = clinic.first_person().await;
    let (invite, signed, key) = clinic.invite(AccountId::from_bytes([9; 16]), 1);
    ana.post_statement(&clinic, &signed).await.unwrap();
    let by_device: DirectoryResponse = ana.get(&clinic, "/v1/directory?after=2").await.json().await.unwrap();
    assert_eq!((by_device.statements.len(), by_device.version), (8, 10));
    assert_eq!(by_device.statements[7].signed().unwrap(), signed);
    let with_invite = async |invite: &Invite| {
        let url = clinic.url(&format!("/v1/directory?after=0&invite={}", invite.invite));
        clinic.client().get(url).header("sotto-version", "1").send().await.unwrap()
    };
    let sent: DirectoryResponse = with_invite(&invite).await.json().await.unwrap();
    assert_eq!(sent.statements.len(), 10);
    Person::enrol(&clinic, &invite, &key).await.unwrap();
    assert_eq!(code(with_invite(&invite).await).await, (409, ErrorCode::InviteUsed));
    let unknown = clinic.invite(AccountId::from_bytes([8; 16]), 1).0;
    assert_eq!(code(with_invite(&unknown).await).await, (404, ErrorCode::InviteUnknown));
    let nobody = clinic.client().get(clinic.url("/v1/directory")).header("sotto-version", "1").send().await.unwrap();
    assert_eq!(code(nobody).await, (401, ErrorCode::NotEnrolled));
}

#[tokio::test]
async fn the_directory_is_not_read_with_what_was_withdrawn() {
    let clinic = Clinic::found().await;
    let ana = clinic.first_person().await;
    let read = async |query: String| {
        let url = clinic.url(&format!("/v1/directory?after=0&{query}"));
        clinic.client().get(url).header("sotto-version", "1").send().await.unwrap()
    };
    let account = AccountId::from_bytes([9; 16]);
    let (invite, signed, key) = clinic.invite(account, 1);
    ana.post_statement(&clinic, &signed).await.unwrap();
    let machine = Machine::make();
    let token = Statement::WorkstationToken(machine.token(clinic.org));
    ana.post_statement(&clinic, &sign(&clinic.admin, Signer::Admin(clinic.grant), &token)).await.unwrap();
    let (by_invite, by_token) = (format!("invite={}", invite.invite), format!("token={}", machine.token));
    assert_eq!(
        (read(by_invite.clone()).await.status(), read(by_token.clone()).await.status()),
        (200.try_into().unwrap(), 200.try_into().unwrap())
    );

    ana.revoke(&clinic, 1, vec![(account, 1)], vec![]).await.unwrap();
    assert_eq!(code(read(by_invite).await).await, (404, ErrorCode::InviteUnknown));
    assert_eq!(read(by_token.clone()).await.status(), 200, "the other is as good as before");
    // The list only grows: the account stays on it.
    let list = Revocations {
        org: clinic.org,
        version: 2,
        issued_at: now(),
        accounts: vec![(account, 1)],
        devices: vec![],
        workstations: vec![WorkstationId::from_bytes(*machine.token.as_bytes())],
    };
    ana.post_statement(&clinic, &sign(&clinic.admin, Signer::Admin(clinic.grant), &Statement::Revocations(list))).await.unwrap();
    assert_eq!(code(read(by_token).await).await, (404, ErrorCode::TokenUnknown));
    let late = Person::new(&clinic, &invite);
    assert!(late.post_enrolment(&clinic, &late.enrolment(&clinic, &invite, &key)).await.is_err(), "nor is anybody let in with it");

    // Whoever was invited anew reads with the new invite, and not with the one before that nobody used.
    let nobody = AccountId::from_bytes([8; 16]);
    let (first, signed_first, _) = clinic.invite(nobody, 1);
    let (second, signed_second, second_key) = clinic.invite(nobody, 2);
    for signed in [&signed_first, &signed_second] {
        ana.post_statement(&clinic, signed).await.unwrap();
    }
    Person::enrol(&clinic, &second, &second_key).await.unwrap();
    assert_eq!(code(read(format!("invite={}", first.invite)).await).await, (404, ErrorCode::InviteUnknown));
    assert_eq!(code(read(format!("invite={}", second.invite)).await).await, (409, ErrorCode::InviteUsed));
}

#[tokio::test]
async fn authority_is_in_the_signature_and_not_in_who_brings_it() {
    let clinic = Clinic::found().await;
    let [ana, ben] = clinic.people().await;
    let (invite, signed, key) = clinic.invite(AccountId::from_bytes([9; 16]), 1);
    let forged = sign(&ana.signing, Signer::Admin(clinic.grant), &Statement::Invite(invite.clone()));
    assert_eq!(ana.post_statement(&clinic, &forged).await, Err(ErrorCode::SignatureInvalid));
    let cert = ana.enrolment(&clinic, &invite, &key).device_cert.signed().unwrap();
    assert_eq!(ana.post_statement(&clinic, &cert).await, Err(ErrorCode::NotPermitted), "certificates come with an enrolment");
    assert_eq!(ben.post_statement(&clinic, &signed).await, Ok(14));
    assert_eq!(ben.post_statement(&clinic, &signed).await, Ok(14), "a repeat");
    assert_eq!(ana.revoke(&clinic, 2, vec![], vec![ben.device]).await, Ok(15));
    assert_eq!(ana.revoke(&clinic, 1, vec![], vec![ben.device]).await, Err(ErrorCode::Conflict));
    assert_eq!(ana.revoke(&clinic, 3, vec![], vec![]).await, Err(ErrorCode::Conflict), "nobody is forgotten");
}

#[tokio::test]
async fn an_admin_cannot_date_a_statement_back() {
    let clinic = Clinic::found().await;
    let ana = clinic.first_person().await;
    let dated = |issued_at| {
        let list = Revocations { org: clinic.org, version: 1, issued_at, accounts: vec![], devices: vec![], workstations: vec![] };
        sign(&clinic.admin, Signer::Admin(clinic.grant), &Statement::Revocations(list))
    };
    assert_eq!(ana.post_statement(&clinic, &dated(now() - 2 * HOUR)).await, Err(ErrorCode::ClockSkew));
    assert_eq!(ana.post_statement(&clinic, &dated(now() - HOUR / 2)).await, Ok(10));
}

#[tokio::test]
async fn a_long_directory_comes_in_pages() {
    let clinic = Clinic::found().await;
    let ana = clinic.first_person().await;
    let statement = |n: u16| {
        let mut account = [7; 16];
        account[..2].copy_from_slice(&n.to_be_bytes());
        clinic.invite(AccountId::from_bytes(account), 1).1
    };
    for n in 0..260 {
        ana.post_statement(&clinic, &statement(n)).await.unwrap();
    }
    let page =
        async |after: u64| -> DirectoryResponse { ana.get(&clinic, &format!("/v1/directory?after={after}")).await.json().await.unwrap() };
    let (first, rest) = (page(0).await, page(256).await);
    assert_eq!((first.statements.len(), rest.statements.len(), rest.version), (256, 13, 269));
    assert!(page(269).await.statements.is_empty() && page(9_999).await.statements.is_empty());
}
