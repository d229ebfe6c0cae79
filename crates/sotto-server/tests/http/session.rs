//! Which requests a session proves: those of its device, in its time, on the server's process that began it, and each once.

use reqwest::Response;
use sotto_protocol::ErrorCode;
use sotto_protocol::api::SessionResponse;
use sotto_protocol::key::Salt;
use sotto_protocol::limits::SESSION_PROOF_MS;
use sotto_protocol::session::{SESSION_HEADER, SessionProof};
use sotto_protocol::verify::sha256;

use super::support::{Clinic, Person, code, now, random};

async fn begin(clinic: &Clinic, person: &Person) -> SessionResponse {
    person.post(clinic, "/v1/session", Vec::new()).await.json().await.unwrap()
}

fn prove(person: &Person, session: &SessionResponse, target: &str, time: u64) -> SessionProof {
    let key = session.key.0.as_slice().try_into().unwrap();
    let method = if target == "/v1/session" { "POST" } else { "GET" };
    SessionProof::make(key, (person.device, session.not_after), time, Salt::from_bytes(random::bytes()), (method, target, &sha256(&[b""])))
}

async fn get(clinic: &Clinic, proof: &SessionProof) -> Response {
    let request = clinic.client().get(clinic.url("/v1/share")).header("sotto-version", "1");
    request.header(SESSION_HEADER, proof.header()).send().await.unwrap()
}

#[tokio::test]
async fn a_session_proves_requests_of_its_device_once_each() {
    let clinic = Clinic::found().await;
    let [ana, ben] = clinic.people().await;
    let session = begin(&clinic, &ana).await;
    let proof = prove(&ana, &session, "/v1/share", now());
    assert_eq!(get(&clinic, &proof).await.status(), 200);
    assert_eq!(code(get(&clinic, &proof).await).await, (401, ErrorCode::RequestReplayed));
    for wrong in [
        prove(&ben, &session, "/v1/share", now()),
        prove(&ana, &session, "/v1/directory?after=0", now()),
        SessionProof { not_after: session.not_after + 1, ..prove(&ana, &session, "/v1/share", now()) },
        SessionProof { nonce: Salt::from_bytes([9; 16]), ..prove(&ana, &session, "/v1/share", now()) },
    ] {
        assert_eq!(code(get(&clinic, &wrong).await).await, (401, ErrorCode::SignatureInvalid), "{wrong:?}");
    }
    let late = prove(&ana, &session, "/v1/share", now() - 10 * SESSION_PROOF_MS);
    assert_eq!(code(get(&clinic, &late).await).await, (401, ErrorCode::ClockSkew));
}

#[tokio::test]
async fn a_session_ends_with_its_time_and_does_not_prolong_itself() {
    let clinic = Clinic::found().await;
    let ana = clinic.first_person().await;
    let session = begin(&clinic, &ana).await;
    let request = clinic.client().post(clinic.url("/v1/session")).header("sotto-version", "1");
    let proof = prove(&ana, &session, "/v1/session", now()).header();
    let sent = request.header(SESSION_HEADER, proof).send().await.unwrap();
    assert_eq!(code(sent).await, (401, ErrorCode::SignatureInvalid));
    clinic.clock.set(session.not_after + 1);
    let after = prove(&ana, &session, "/v1/share", session.not_after + 1);
    assert_eq!(code(get(&clinic, &after).await).await, (401, ErrorCode::SignatureInvalid));
}

#[tokio::test]
async fn a_session_ends_with_its_device_and_with_the_servers_process() {
    let mut clinic = Clinic::found().await;
    let [ana, ben] = clinic.people().await;
    let session = begin(&clinic, &ben).await;
    ana.revoke(&clinic, 1, vec![], vec![ben.device]).await.unwrap();
    let refused = get(&clinic, &prove(&ben, &session, "/v1/share", now())).await;
    assert_eq!(code(refused).await, (403, ErrorCode::DeviceRevoked));
    let session = begin(&clinic, &ana).await;
    clinic.restart().await;
    let refused = get(&clinic, &prove(&ana, &session, "/v1/share", now())).await;
    assert_eq!(code(refused).await, (401, ErrorCode::SignatureInvalid));
}
