//! How a recovery code takes the password's place, once.

use sotto_protocol::api::{Base64, DeviceRequest, RegistrationFinishRequest, SignInsResponse};
use sotto_protocol::{ErrorCode, RecoveryId};

use super::support::{Clinic, Roamer, STEP_MS, finish, now};

const PASSWORD: &str = "correct horse battery";

#[tokio::test]
async fn a_recovery_code_gives_the_keys_and_ends_with_a_new_password() {
    let clinic = Clinic::found().await;
    let ana = clinic.first_person().await;
    let other = clinic.machine(&ana).await;
    let old = Roamer::register(&clinic, &ana, "ana", PASSWORD).await;
    clinic.clock.set(now() + STEP_MS);
    let recovered = old.recover(&clinic, &other, old.recovery[3]).await.unwrap();
    assert_eq!((recovered.account, &recovered.sealed.0[..16]), (ana.account, old.recovery[3].as_bytes().as_slice()));
    let (there, cert) = ana.elsewhere(&clinic, &other);
    assert_eq!(other.post(&clinic, "/v1/devices", &DeviceRequest { device_cert: Base64::from(&cert) }).await.status(), 200);
    let mut new = Roamer::named("ana", "a fresh and longer one");
    let request = new.begin(&clinic, &there).await.unwrap();
    new.totp = old.totp.clone();
    let request = RegistrationFinishRequest { totp_code: new.code(&clinic), ..request };
    assert_eq!(finish(&clinic, &there, &request).await, Ok(()), "the code that began the recovery ends it too");
    assert_eq!(new.sign_in(&clinic, &other).await.map(drop), Err(ErrorCode::WrongCode), "and no more than that");
    clinic.clock.set(now() + 2 * STEP_MS);
    assert_eq!(old.recover(&clinic, &other, old.recovery[3]).await.map(drop), Err(ErrorCode::RecoveryCodeUnknown));
    assert_eq!(old.recover(&clinic, &other, old.recovery[4]).await.map(drop), Err(ErrorCode::RecoveryCodeUnknown), "all were replaced");
    clinic.clock.set(now() + 3 * STEP_MS);
    assert!(new.recover(&clinic, &other, new.recovery[0]).await.is_ok());
    let list: SignInsResponse = there.get(&clinic, "/v1/sign-ins").await.json().await.unwrap();
    assert_eq!(list.sign_ins.iter().map(|one| one.recovery).collect::<Vec<_>>(), [true, true]);
}

#[tokio::test]
async fn a_recovery_counts_like_a_sign_in_and_tells_no_login() {
    let clinic = Clinic::found().await;
    let ana = clinic.first_person().await;
    let login = Roamer::register(&clinic, &ana, "ana", PASSWORD).await;
    clinic.clock.set(now() + STEP_MS);
    let mut wrong = Roamer::named("ana", PASSWORD);
    wrong.totp = sotto_crypto::totp::TotpSecret::from_slice(&[8; 20]).unwrap();
    let unknown = Roamer::named("nobody", PASSWORD);
    let guess = RecoveryId::from_bytes([1; 16]);
    assert_eq!(wrong.recover(&clinic, &clinic.machine, login.recovery[0]).await.map(drop), Err(ErrorCode::WrongCode));
    for expected in [ErrorCode::RecoveryCodeUnknown, ErrorCode::RecoveryCodeUnknown, ErrorCode::Throttled] {
        assert_eq!(wrong.recover(&clinic, &clinic.machine, guess).await.map(drop), Err(expected));
    }
    assert_eq!(login.start(&clinic, &clinic.machine).await.map(|_| ()).unwrap_err().code, ErrorCode::Throttled, "one count for both");
    for expected in [ErrorCode::RecoveryCodeUnknown; 3].into_iter().chain([ErrorCode::Throttled]) {
        assert_eq!(unknown.recover(&clinic, &clinic.machine, guess).await.map(drop), Err(expected));
    }
}
