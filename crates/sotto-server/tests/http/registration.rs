//! How a login is set up and changed, and what is refused.

use sotto_protocol::ErrorCode;
use sotto_protocol::api::{Base64, TotpCode};

use super::support::{Clinic, Roamer, STEP_MS, bundle, code, finish, now};

const PASSWORD: &str = "correct horse battery";

#[tokio::test]
async fn what_is_pending_survives_a_restart_and_a_finish_may_be_repeated() {
    let mut clinic = Clinic::found().await;
    let ana = clinic.first_person().await;
    let mut login = Roamer::named("ana", PASSWORD);
    login.begin(&clinic, &ana).await.unwrap();
    let first = login.code(&clinic);
    clinic.restart().await;
    let request = login.begin(&clinic, &ana).await.unwrap();
    assert_eq!(login.code(&clinic), first, "the same second factor: it may be in the app already");
    for _ in 0..2 {
        assert_eq!(finish(&clinic, &ana, &request).await, Ok(()));
        clinic.restart().await;
    }
    let mut other = request.clone();
    other.bundle_version += 1;
    assert_eq!(finish(&clinic, &ana, &other).await, Err(ErrorCode::NotFound), "another end needs another beginning");
}

#[tokio::test]
async fn a_registration_ends_with_a_code_of_its_second_factor_and_in_its_time() {
    let clinic = Clinic::found().await;
    let ana = clinic.first_person().await;
    let mut login = Roamer::named("ana", PASSWORD);
    let right = login.begin(&clinic, &ana).await.unwrap();
    let mut wrong = right.clone();
    wrong.totp_code = TotpCode::parse(if right.totp_code.as_str() == "000000" { "000001" } else { "000000" }).unwrap();
    assert_eq!(finish(&clinic, &ana, &wrong).await, Err(ErrorCode::WrongCode));
    clinic.clock.set(now() + 2 * 3_600_000);
    let mut late = right.clone();
    late.totp_code = login.code(&clinic);
    assert_eq!(finish(&clinic, &ana, &late).await, Err(ErrorCode::NotFound));
    clinic.clock.set(now() + 1);
    assert_eq!(finish(&clinic, &ana, &right).await, Ok(()));
}

#[tokio::test]
async fn a_registration_has_a_form_and_limits() {
    let clinic = Clinic::found().await;
    let ana = clinic.first_person().await;
    let mut login = Roamer::named("ana", PASSWORD);
    let right = login.begin(&clinic, &ana).await.unwrap();
    let mut spoiled = vec![right.clone(); 7];
    spoiled[0].record.0.pop();
    spoiled[1].recovery.pop();
    spoiled[2].recovery[0].id = spoiled[2].recovery[1].id;
    spoiled[3].bundle = Base64(vec![]);
    spoiled[4].bundle_version = u64::MAX;
    spoiled[5].bundle = Base64(vec![1; 8_193]);
    spoiled[6].recovery[3].sealed = Base64(vec![1; 8_193]);
    for (n, request) in spoiled.iter().enumerate() {
        let refused = if n < 5 { ErrorCode::Malformed } else { ErrorCode::TooLarge };
        assert_eq!(finish(&clinic, &ana, request).await, Err(refused), "case {n}");
    }
    let garbage = serde_json::json!({ "login_handle": login.handle.to_string(), "request": "AAAA" }).to_string();
    let sent = ana.post(&clinic, "/v1/registration/start", garbage.into()).await;
    assert_eq!(code(sent).await, (400, ErrorCode::Malformed));
    assert_eq!(finish(&clinic, &ana, &right).await, Ok(()));
}

#[tokio::test]
async fn one_login_is_one_accounts() {
    let clinic = Clinic::found().await;
    let [ana, ben] = clinic.people().await;
    let (mut of_ana, mut of_ben) = (Roamer::named("a.ruiz", PASSWORD), Roamer::named("A.Ruiz", "something else entirely"));
    let (first, second) = (of_ana.begin(&clinic, &ana).await.unwrap(), of_ben.begin(&clinic, &ben).await.unwrap());
    assert_eq!(finish(&clinic, &ben, &second).await, Ok(()));
    assert_eq!(finish(&clinic, &ana, &first).await, Err(ErrorCode::LoginTaken), "whoever ends first has it");
    assert_eq!(of_ana.begin(&clinic, &ana).await.map(drop), Err(ErrorCode::LoginTaken));
    assert_eq!(of_ben.sign_in(&clinic, &clinic.machine).await.map(drop), Err(ErrorCode::WrongCode), "its code was used to set it up");
    clinic.clock.set(now() + STEP_MS);
    assert_eq!(of_ben.sign_in(&clinic, &clinic.machine).await.unwrap().account, ben.account);
}

#[tokio::test]
async fn a_new_password_keeps_the_second_factor_and_ends_what_the_old_one_began() {
    let clinic = Clinic::found().await;
    let ana = clinic.first_person().await;
    let old = Roamer::register(&clinic, &ana, "ana", PASSWORD).await;
    clinic.clock.set(now() + STEP_MS);
    let begun = old.start(&clinic, &clinic.machine).await.unwrap();
    let mut new = Roamer::named("ana", "a fresh and longer one");
    let request = new.begin(&clinic, &ana).await.unwrap();
    assert_eq!(request.bundle_version, 2, "the server told which one is stored");
    assert_eq!(finish(&clinic, &ana, &request).await, Err(ErrorCode::WrongCode), "the secret is told once only");
    new.totp = old.totp.clone();
    let request = sotto_protocol::api::RegistrationFinishRequest { totp_code: new.code(&clinic), ..request };
    let stale = sotto_protocol::api::RegistrationFinishRequest { bundle_version: 1, ..request.clone() };
    assert_eq!(finish(&clinic, &ana, &stale).await, Err(ErrorCode::Conflict));
    assert_eq!(finish(&clinic, &ana, &request).await, Ok(()));
    clinic.clock.set(now() + 2 * STEP_MS);
    let late = begun.finish(&clinic, &clinic.machine, old.code(&clinic)).unwrap();
    assert_eq!(super::support::post_finish(&clinic, &clinic.machine, &late).await.map(drop), Err(ErrorCode::WrongPassword));
    assert_eq!(old.sign_in(&clinic, &clinic.machine).await.map(drop), Err(ErrorCode::WrongPassword));
    let signed_in = new.sign_in(&clinic, &clinic.machine).await.unwrap();
    assert_eq!((signed_in.bundle.0, signed_in.bundle_version), (bundle(new.handle, 2), 2));
}
