//! How long somebody waits who tries again and again: the same for a login that nobody has, and through a restart.

use sotto_protocol::ErrorCode;
use sotto_protocol::api::ErrorResponse;

use super::support::{Clinic, Machine, Roamer, STEP_MS, now};

const PASSWORD: &str = "correct horse battery";

async fn wait(login: &Roamer, clinic: &Clinic, at: &Machine) -> Option<u64> {
    match login.start(clinic, at).await {
        Ok(_) => None,
        Err(ErrorResponse { code: ErrorCode::Throttled, retry_after_s }) => retry_after_s,
        Err(other) => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn each_attempt_after_the_third_waits_longer_whoever_has_the_login() {
    let mut clinic = Clinic::found().await;
    let ana = clinic.first_person().await;
    Roamer::register(&clinic, &ana, "ana", PASSWORD).await;
    let logins = [Roamer::named("ana", "not that one at all"), Roamer::named("nobody", "not that one at all")];
    for login in &logins {
        for _ in 0..3 {
            assert_eq!(wait(login, &clinic, &clinic.machine).await, None);
        }
    }
    let mut at = now() + 1;
    for seconds in [5, 15, 60, 300, 900, 900] {
        for login in &logins {
            assert_eq!(wait(login, &clinic, &clinic.machine).await, Some(seconds));
        }
        clinic.restart().await;
        clinic.clock.set(at + seconds * 1_000 - 1);
        for login in &logins {
            assert_eq!(wait(login, &clinic, &clinic.machine).await, Some(1), "asking too early made nothing longer");
        }
        at += seconds * 1_000;
        clinic.clock.set(at);
        for login in &logins {
            assert_eq!(wait(login, &clinic, &clinic.machine).await, None);
        }
    }
}

#[tokio::test]
async fn a_sign_in_that_succeeds_begins_the_count_anew() {
    let clinic = Clinic::found().await;
    let ana = clinic.first_person().await;
    let login = Roamer::register(&clinic, &ana, "ana", PASSWORD).await;
    clinic.clock.set(now() + STEP_MS);
    for _ in 0..2 {
        assert_eq!(wait(&login, &clinic, &clinic.machine).await, None);
    }
    login.sign_in(&clinic, &clinic.machine).await.unwrap();
    for _ in 0..3 {
        assert_eq!(wait(&login, &clinic, &clinic.machine).await, None);
    }
    assert_eq!(wait(&login, &clinic, &clinic.machine).await, Some(5));
}

#[tokio::test]
async fn a_workstation_tries_so_many_logins_and_another_one_is_not_held_up() {
    let mut clinic = Clinic::found().await;
    let ana = clinic.first_person().await;
    let other = clinic.machine(&ana).await;
    let login = |n: u32| Roamer::named(&format!("user{n}"), PASSWORD);
    for n in 0..30 {
        assert_eq!(wait(&login(n), &clinic, &clinic.machine).await, None);
    }
    assert_eq!(wait(&login(30), &clinic, &clinic.machine).await, Some(900));
    clinic.restart().await;
    assert_eq!(wait(&login(30), &clinic, &clinic.machine).await, Some(900));
    assert_eq!(wait(&login(30), &clinic, &other).await, None);
    clinic.clock.set(now() + 1 + 900_000);
    assert_eq!(wait(&login(31), &clinic, &clinic.machine).await, None);
}
