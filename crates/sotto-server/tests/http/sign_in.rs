//! How somebody signs in at a machine that is new to them, and that nothing else gets their keys.

use sotto_protocol::api::{Base64, SignInFinishRequest, SignInsResponse, TotpCode};
use sotto_protocol::role::Role;
use sotto_protocol::{AccountId, ErrorCode};

use super::support::{Clinic, Person, Roamer, STEP_MS, bundle, code, now, post_finish};

const PASSWORD: &str = "correct horse battery";

async fn list(clinic: &Clinic, person: &Person) -> SignInsResponse {
    person.get(clinic, "/v1/sign-ins").await.json().await.unwrap()
}

#[tokio::test]
async fn a_password_and_a_code_give_the_keys_at_any_machine_also_after_a_restart() {
    let mut clinic = Clinic::found().await;
    let ana = clinic.first_person().await;
    let other = clinic.machine(&ana).await;
    let login = Roamer::register(&clinic, &ana, "ana", PASSWORD).await;
    for (n, at) in [&clinic.machine, &other].into_iter().enumerate() {
        clinic.clock.set(now() + (n as u64 + 1) * STEP_MS);
        let signed_in = login.sign_in(&clinic, at).await.unwrap();
        assert_eq!((signed_in.account, signed_in.bundle.0, signed_in.bundle_version), (ana.account, bundle(login.handle, 1), 1));
    }
    clinic.clock.set(now() + 3 * STEP_MS);
    let begun = login.start(&clinic, &other).await.unwrap();
    let request = begun.finish(&clinic, &other, login.code(&clinic)).unwrap();
    clinic.restart().await;
    assert_eq!(post_finish(&clinic, &other, &request).await.unwrap().account, ana.account);
    let sign_ins = list(&clinic, &ana).await.sign_ins;
    let expected = [(3, other.workstation), (2, other.workstation), (1, clinic.machine.workstation)];
    let seen: Vec<_> = sign_ins.iter().map(|one| ((one.at - now()) / STEP_MS, one.workstation)).collect();
    assert_eq!(seen, expected);
    assert!(sign_ins.iter().all(|one| !one.recovery));
}

#[tokio::test]
async fn who_reviews_reads_where_somebody_else_signed_in() {
    let clinic = Clinic::found().await;
    let [ana, ben] = clinic.people().await;
    let login = Roamer::register(&clinic, &ana, "ana", PASSWORD).await;
    clinic.clock.set(now() + STEP_MS);
    login.sign_in(&clinic, &clinic.machine).await.unwrap();
    let reviewer = clinic.person_as(&ana, Role::PrivacyOfficer).await;
    let of = async |account| reviewer.get(&clinic, &format!("/v1/sign-ins?account={account}")).await;
    let listed: SignInsResponse = of(ana.account).await.json().await.unwrap();
    assert_eq!((listed.sign_ins.len(), listed.clone()), (1, list(&clinic, &ana).await));
    let none: SignInsResponse = of(ben.account).await.json().await.unwrap();
    assert!(none.sign_ins.is_empty(), "nor is one's own given in place of it");
    assert_eq!(code(of(AccountId::from_bytes([0x77; 16])).await).await, (404, ErrorCode::NotFound));
    let malformed = reviewer.get(&clinic, "/v1/sign-ins?account=ana").await;
    assert_eq!(code(malformed).await, (400, ErrorCode::Malformed));
}

#[tokio::test]
async fn an_attempt_is_finished_once_where_it_was_begun_and_in_its_time() {
    let clinic = Clinic::found().await;
    let ana = clinic.first_person().await;
    let other = clinic.machine(&ana).await;
    let login = Roamer::register(&clinic, &ana, "ana", PASSWORD).await;
    let begin = async |step: u64| {
        clinic.clock.set(now() + step * STEP_MS);
        login.start(&clinic, &clinic.machine).await.unwrap().finish(&clinic, &clinic.machine, login.code(&clinic)).unwrap()
    };
    let request = begin(1).await;
    assert_eq!(post_finish(&clinic, &other, &request).await.map(drop), Err(ErrorCode::WrongPassword), "another machine's");
    assert!(post_finish(&clinic, &clinic.machine, &request).await.is_ok(), "and it was not used up by that");
    clinic.clock.set(now() + 2 * STEP_MS);
    let again = SignInFinishRequest { totp_code: login.code(&clinic), ..request };
    assert_eq!(post_finish(&clinic, &clinic.machine, &again).await.map(drop), Err(ErrorCode::WrongPassword), "a replay");
    let late = begin(3).await;
    clinic.clock.set(now() + 3 * STEP_MS + 120_001);
    let late = SignInFinishRequest { totp_code: login.code(&clinic), ..late };
    assert_eq!(post_finish(&clinic, &clinic.machine, &late).await.map(drop), Err(ErrorCode::WrongPassword));
    let forged = SignInFinishRequest { finish: Base64(vec![7; 64]), ..begin(9).await };
    assert_eq!(post_finish(&clinic, &clinic.machine, &forged).await.map(drop), Err(ErrorCode::WrongPassword));
    let malformed = SignInFinishRequest { finish: Base64(vec![7; 63]), ..begin(40).await };
    assert_eq!(post_finish(&clinic, &clinic.machine, &malformed).await.map(drop), Err(ErrorCode::Malformed));
}

#[tokio::test]
async fn a_code_is_good_once_and_a_wrong_one_uses_the_attempt_up() {
    let clinic = Clinic::found().await;
    let ana = clinic.first_person().await;
    let other = clinic.machine(&ana).await;
    let login = Roamer::register(&clinic, &ana, "ana", PASSWORD).await;
    clinic.clock.set(now() + STEP_MS);
    // Two attempts at two machines with one code, as somebody would who watched it being typed.
    let (here, there) = (login.start(&clinic, &clinic.machine).await.unwrap(), login.start(&clinic, &other).await.unwrap());
    let here = here.finish(&clinic, &clinic.machine, login.code(&clinic)).unwrap();
    let there = there.finish(&clinic, &other, login.code(&clinic)).unwrap();
    let (first, second) = tokio::join!(post_finish(&clinic, &clinic.machine, &here), post_finish(&clinic, &other, &there));
    let refused = [first.map(drop), second.map(drop)].into_iter().filter_map(Result::err).collect::<Vec<_>>();
    assert_eq!(refused, [ErrorCode::WrongCode], "one of them");
    clinic.clock.set(now() + 2 * STEP_MS);
    let started = login.start(&clinic, &clinic.machine).await.unwrap();
    let right = started.finish(&clinic, &clinic.machine, login.code(&clinic)).unwrap();
    let wrong = SignInFinishRequest { totp_code: TotpCode::parse("000000").unwrap(), ..right.clone() };
    assert_eq!(post_finish(&clinic, &clinic.machine, &wrong).await.map(drop), Err(ErrorCode::WrongCode));
    assert_eq!(post_finish(&clinic, &clinic.machine, &right).await.map(drop), Err(ErrorCode::WrongPassword), "no second guess");
}

#[tokio::test]
async fn a_login_that_nobody_has_answers_like_one_with_another_password() {
    let clinic = Clinic::found().await;
    let ana = clinic.first_person().await;
    Roamer::register(&clinic, &ana, "ana", PASSWORD).await;
    let (known, unknown) = (Roamer::named("ana", "not that one at all"), Roamer::named("nobody", "not that one at all"));
    let mut answers = Vec::new();
    for login in [&known, &unknown] {
        let started = login.start(&clinic, &clinic.machine).await.unwrap();
        let sizes = serde_json::to_string(&started.response).unwrap().len();
        let forged = SignInFinishRequest {
            attempt: started.response.attempt,
            finish: Base64(vec![7; 64]),
            totp_code: TotpCode::parse("123456").unwrap(),
        };
        let by_client = started.finish(&clinic, &clinic.machine, forged.totp_code.clone()).map(drop);
        let sent = clinic.machine.post(&clinic, "/v1/sign-in/finish", &forged).await;
        let length = sent.headers()["content-length"].clone();
        answers.push((sizes, by_client, length, code(sent).await));
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!((answers[0].1, answers[0].3), (Err(ErrorCode::WrongPassword), (401, ErrorCode::WrongPassword)));
    // Asked again, the fake is the same person: its masked record is a function of the handle.
    let malformed = serde_json::json!({ "login_handle": unknown.handle.to_string(), "request": "AAAA" });
    for login in [&known, &unknown] {
        let mut request = malformed.clone();
        request["login_handle"] = login.handle.to_string().into();
        let sent = clinic.machine.post(&clinic, "/v1/sign-in/start", &request).await;
        assert_eq!(code(sent).await, (400, ErrorCode::Malformed));
    }
}

#[tokio::test]
async fn a_revoked_account_signs_in_nowhere_and_its_login_is_free() {
    let clinic = Clinic::found().await;
    let [ana, ben] = clinic.people().await;
    let login = Roamer::register(&clinic, &ben, "ben", PASSWORD).await;
    clinic.clock.set(now() + STEP_MS);
    let begun = login.start(&clinic, &clinic.machine).await.unwrap();
    let begun = begun.finish(&clinic, &clinic.machine, login.code(&clinic)).unwrap();
    ana.revoke(&clinic, 1, vec![(ben.account, 1)], vec![]).await.unwrap();
    assert_eq!(post_finish(&clinic, &clinic.machine, &begun).await.map(drop), Err(ErrorCode::WrongPassword));
    assert_eq!(login.sign_in(&clinic, &clinic.machine).await.map(drop), Err(ErrorCode::WrongPassword));
    let recovered = login.recover(&clinic, &clinic.machine, login.recovery[0]).await;
    assert_eq!(recovered.map(drop), Err(ErrorCode::RecoveryCodeUnknown));
    Roamer::register(&clinic, &ana, "ben", PASSWORD).await;
}

#[tokio::test]
async fn the_counters_count_attempts_and_tell_no_login() {
    let clinic = Clinic::found().await;
    let ana = clinic.first_person().await;
    let login = Roamer::register(&clinic, &ana, "ana", PASSWORD).await;
    clinic.clock.set(now() + STEP_MS);
    login.sign_in(&clinic, &clinic.machine).await.unwrap();
    let text = clinic.client().get(clinic.ops_url("/metrics")).send().await.unwrap().text().await.unwrap();
    for line in ["sotto_sign_in_attempts_total 1", "sotto_sign_ins_total 1", "sotto_registrations_total 1"] {
        assert!(text.contains(line), "{line} in {text}");
    }
    assert!(!text.contains(&login.handle.to_string()) && !text.contains(&clinic.machine.workstation.to_string()));
}
