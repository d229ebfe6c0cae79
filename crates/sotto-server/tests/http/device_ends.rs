//! Whether the server lets people end their own devices, at once and for good, and nobody else's.

use sotto_protocol::api::{Base64, DeviceRequest};
use sotto_protocol::feed::Frame;
use sotto_protocol::statement::{DeviceEnd, Signed, Signer, Statement};
use sotto_protocol::{DeviceId, ErrorCode};

use super::support::{Clinic, Machine, Person, code, now, sign};

const HOUR: u64 = 3_600_000;

fn end(clinic: &Clinic, person: &Person, devices: Vec<DeviceId>) -> DeviceEnd {
    DeviceEnd { org: clinic.org, account: person.account, generation: person.generation, devices, issued_at: now() }
}

fn by(person: &Person, end: &DeviceEnd) -> Signed {
    sign(&person.signing, Signer::Account(person.account, person.generation), &Statement::DeviceEnd(end.clone()))
}

/// The person signs in at a machine too.
async fn at(clinic: &Clinic, person: &Person, machine: &Machine) -> Person {
    let (there, cert) = person.elsewhere(clinic, machine);
    let request = DeviceRequest { device_cert: Base64::from(&cert) };
    assert_eq!(machine.post(clinic, "/v1/devices", &request).await.status(), 200);
    there
}

#[tokio::test]
async fn an_ended_device_is_cut_off_at_once_and_the_others_stay() {
    let mut clinic = Clinic::found().await;
    let [ana, ben] = clinic.people().await;
    let other = clinic.machine(&ana).await;
    let there = at(&clinic, &ben, &other).await;
    assert_eq!(there.get(&clinic, "/v1/share").await.status(), 200);
    let (mut cut, mut stays) = (there.feed(&clinic, 0).await, ben.feed(&clinic, 0).await);
    cut.catch_up().await;
    stays.catch_up().await;
    let signed = by(&ben, &end(&clinic, &ben, vec![there.device]));
    let version = ben.post_statement(&clinic, &signed).await.unwrap();
    assert_eq!(cut.next_of_log().await, Some(Frame::End { code: ErrorCode::DeviceRevoked }));
    assert!(matches!(stays.next().await, Some(Frame::Directory { .. })));
    assert_eq!(ben.post_statement(&clinic, &signed).await, Ok(version), "a repeat gets the same");
    for _ in 0..2 {
        for target in ["/v1/share", "/v1/feed?after=0", "/v1/sign-ins"] {
            assert_eq!(code(there.get(&clinic, target).await).await, (403, ErrorCode::DeviceRevoked), "{target}");
        }
        assert_eq!(ben.get(&clinic, "/v1/share").await.status(), 200, "here nothing changed");
        clinic.restart().await;
    }
    // Who has the keys and a machine's proof is there again, as another device.
    let back = at(&clinic, &ben, &other).await;
    assert_eq!(back.get(&clinic, "/v1/share").await.status(), 200);
}

#[tokio::test]
async fn nobody_ends_what_is_not_theirs() {
    let clinic = Clinic::found().await;
    let [ana, ben] = clinic.people().await;
    let other = clinic.machine(&ana).await;
    let there = at(&clinic, &ben, &other).await;
    let theirs = end(&clinic, &ben, vec![there.device]);
    let refused = Err(ErrorCode::NotPermitted);
    assert_eq!(ana.post_statement(&clinic, &by(&ben, &theirs)).await, refused, "brought by another's device");
    assert_eq!(ana.post_statement(&clinic, &by(&ana, &end(&clinic, &ana, vec![there.device]))).await, refused, "another's device");
    assert_eq!(ana.post_statement(&clinic, &by(&ana, &theirs)).await, refused, "in another's name");
    let forged = sign(&ana.signing, Signer::Account(ben.account, 1), &Statement::DeviceEnd(theirs.clone()));
    assert_eq!(ben.post_statement(&clinic, &forged).await, Err(ErrorCode::SignatureInvalid), "by another's key");
    for off in [now() - 2 * HOUR, now() + 2 * HOUR] {
        let dated = DeviceEnd { issued_at: off, ..theirs.clone() };
        assert_eq!(ben.post_statement(&clinic, &by(&ben, &dated)).await, Err(ErrorCode::ClockSkew));
    }
    assert_eq!(there.get(&clinic, "/v1/share").await.status(), 200, "nothing of it holds");
}

#[tokio::test]
async fn keys_that_were_replaced_end_nothing() {
    let clinic = Clinic::found().await;
    let [ana, ben] = clinic.people().await;
    let (invite, signed, key) = clinic.invite(ben.account, 2);
    ana.post_statement(&clinic, &signed).await.unwrap();
    let back = Person::enrol(&clinic, &invite, &key).await.unwrap();
    let old = DeviceEnd { devices: vec![back.device], ..end(&clinic, &ben, Vec::new()) };
    assert_eq!(back.post_statement(&clinic, &by(&ben, &old)).await, Err(ErrorCode::NotPermitted));
    assert_eq!(back.get(&clinic, "/v1/share").await.status(), 200);
}
