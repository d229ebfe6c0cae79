//! Which requests are refused before they do anything: replays, wrong clocks, wrong versions, wrong sizes, too many.

use reqwest::Method;
use sotto_protocol::feed::{Append, AppendRequest};
use sotto_protocol::limits::{APPEND_BYTES, CLOCK_SKEW_MS, JSON_BYTES};
use sotto_protocol::{ErrorCode, cbor};
use sotto_server::Limits;
use sotto_server::limits::Rate;

use super::support::{Clinic, Thread, code, now};

#[tokio::test]
async fn a_request_is_good_once() {
    let mut clinic = Clinic::found().await;
    let ana = clinic.first_person().await;
    let proof = ana.proof("GET", "/v1/share", &[], now()).header();
    let send = async |clinic: &Clinic| ana.send(clinic, Method::GET, "/v1/share", vec![], &proof).await;
    assert_eq!(send(&clinic).await.status(), 200);
    assert_eq!(code(send(&clinic).await).await, (401, ErrorCode::RequestReplayed));
    clinic.clock.set(now() + CLOCK_SKEW_MS);
    assert_eq!(code(send(&clinic).await).await, (401, ErrorCode::RequestReplayed), "as long as its time is accepted");
    clinic.clock.set(now() + CLOCK_SKEW_MS + 1);
    assert_eq!(code(send(&clinic).await).await, (401, ErrorCode::ClockSkew), "and then its time is over");
    clinic.stop().await;
}

#[tokio::test]
async fn a_proof_covers_method_target_body_and_time() {
    let clinic = Clinic::found().await;
    let ana = clinic.first_person().await;
    let target = "/v1/directory?after=0";
    let other_proofs = [
        ana.proof("POST", target, &[], now()),
        ana.proof("GET", "/v1/directory?after=1", &[], now()),
        ana.proof("GET", target, b"body", now()),
        sotto_protocol::request::RequestProof { time: now() + 1, ..ana.proof("GET", target, &[], now()) },
    ];
    for proof in other_proofs {
        let sent = ana.send(&clinic, Method::GET, target, vec![], &proof.header()).await;
        assert_eq!(code(sent).await, (401, ErrorCode::SignatureInvalid));
    }
    let garbage = ana.send(&clinic, Method::GET, target, vec![], "v1 something").await;
    assert_eq!(code(garbage).await, (400, ErrorCode::Malformed));
    for time in [now() - CLOCK_SKEW_MS, now() + CLOCK_SKEW_MS + 2] {
        let proof = ana.proof("GET", target, &[], time).header();
        let sent = ana.send(&clinic, Method::GET, target, vec![], &proof).await;
        assert_eq!(sent.headers()["sotto-time"], (now() + 1).to_string().as_str(), "so that the client can say by how much");
        assert_eq!(code(sent).await, (401, ErrorCode::ClockSkew));
    }
}

#[tokio::test]
async fn another_version_is_told_to_upgrade() {
    let clinic = Clinic::found().await;
    let get = async |target: &str, version: Option<&str>| {
        let request = clinic.client().get(clinic.url(target));
        version.into_iter().fold(request, |request, version| request.header("sotto-version", version)).send().await.unwrap()
    };
    for version in [None, Some("2"), Some("one")] {
        assert_eq!(code(get("/v1/share", version).await).await, (426, ErrorCode::UpgradeRequired));
    }
    for target in ["/v1/server", "/healthz", "/readyz", "/openapi.json"] {
        assert!(get(target, None).await.status().is_success(), "{target}");
    }
    let server: serde_json::Value = get("/v1/server", None).await.json().await.unwrap();
    assert_eq!(server["org"], clinic.org.to_string());
    assert_eq!(code(get("/v1/nothing", Some("1")).await).await, (404, ErrorCode::NotFound));
    assert_eq!(code(get("/v1/enrol", Some("1")).await).await, (404, ErrorCode::NotFound));
}

#[tokio::test]
async fn bodies_have_a_form_and_a_limit() {
    let clinic = Clinic::found().await;
    let ana = clinic.first_person().await;
    let post = async |target: &str, body: Vec<u8>| code(ana.post(&clinic, target, body).await).await;
    assert_eq!(post("/v1/entries", vec![0xff; 40]).await, (400, ErrorCode::Malformed));
    assert_eq!(post("/v1/entries", vec![0x81; 60_000]).await, (400, ErrorCode::Malformed));
    assert_eq!(post("/v1/entries", vec![0; APPEND_BYTES + 1]).await, (413, ErrorCode::TooLarge));
    assert_eq!(post("/v1/statements", b"{}".to_vec()).await, (400, ErrorCode::Malformed));
    assert_eq!(post("/v1/statements", vec![b' '; JSON_BYTES + 1]).await, (413, ErrorCode::TooLarge));
    let many: Vec<Append> = (0..257).map(|_| Append(vec![0].into(), vec![])).collect();
    assert_eq!(post("/v1/entries", cbor::encode(&AppendRequest(many))).await, (413, ErrorCode::TooLarge));
    let proof = ana.proof("POST", "/v1/entries", b"x", now()).header();
    let request = clinic.client().post(clinic.url("/v1/entries")).header("sotto-version", "1");
    let sent = request.header("sotto-device", proof).header("content-type", "text/plain").body("x").send().await.unwrap();
    assert_eq!(code(sent).await, (400, ErrorCode::Malformed));
    assert_eq!(code(ana.get(&clinic, "/v1/feed?after=-1").await).await, (400, ErrorCode::Malformed));
    assert_eq!(code(ana.get(&clinic, "/v1/threads/x/entries").await).await, (400, ErrorCode::Malformed));
}

#[tokio::test]
async fn whoever_asks_too_often_waits() {
    let rate = Rate { burst: 8.0, per_second: 0.001 };
    let clinic = Clinic::found_with(Limits { device: rate, address: rate, ..Limits::default() }).await;
    let ana = clinic.first_person().await;
    for _ in 0..8 {
        assert_eq!(ana.get(&clinic, "/v1/share").await.status(), 200);
    }
    let refused = ana.get(&clinic, "/v1/share").await;
    assert_eq!(refused.headers()["retry-after"], "1");
    assert_eq!(code(refused).await, (429, ErrorCode::Throttled));
    let mut codes = Vec::new();
    for _ in 0..10 {
        codes.push(clinic.post_founding("guess", &[]).await.0);
    }
    assert!(codes.starts_with(&[403, 403]) && codes.ends_with(&[429, 429]), "{codes:?}");
}

#[tokio::test]
async fn a_device_whose_certificate_is_over_is_not_enrolled() {
    let clinic = Clinic::found().await;
    let ana = clinic.first_person().await;
    let over = now() + 2 * 31_536_000_000;
    clinic.clock.set(over);
    let proof = ana.proof("GET", "/v1/share", &[], over).header();
    let sent = ana.send(&clinic, Method::GET, "/v1/share", vec![], &proof).await;
    assert_eq!(code(sent).await, (401, ErrorCode::NotEnrolled));
}

#[tokio::test]
async fn a_full_disk_is_said_and_survived() {
    let clinic = Clinic::found_with(Limits { database_pages: Some(400), ..Limits::default() }).await;
    let ana = clinic.first_person().await;
    let thread = Thread::make();
    ana.append(&clinic, &[thread.key(&ana, 1, &[&ana])]).await;
    let mut stored = 1;
    let refused = loop {
        let entries: Vec<Append> = (0..50).map(|_| thread.event(&ana, 1)).collect();
        let sent = ana.post(&clinic, "/v1/entries", cbor::encode(&AppendRequest(entries))).await;
        if sent.status() != 200 {
            break sent;
        }
        stored += 50;
    };
    assert_eq!(code(refused).await, (507, ErrorCode::DiskFull));
    assert!(stored > 100);
    let (seen, head) = ana.feed(&clinic, 0).await.catch_up().await;
    assert_eq!((seen.len() as u64, head), (stored, stored));
    let ready = clinic.client().get(clinic.url("/readyz")).send().await.unwrap();
    assert_eq!(ready.status(), 204);
}

#[tokio::test]
async fn the_counters_are_for_operators_only_and_hold_no_ids() {
    let clinic = Clinic::found().await;
    let ana = clinic.first_person().await;
    let thread = Thread::make();
    ana.append(&clinic, &[thread.key(&ana, 1, &[&ana]), thread.event(&ana, 4)]).await;
    let hidden = clinic.client().get(clinic.url("/metrics")).header("sotto-version", "1").send().await.unwrap();
    assert_eq!(hidden.status(), 404);
    let text = clinic.client().get(clinic.ops_url("/metrics")).send().await.unwrap().text().await.unwrap();
    for line in ["sotto_appends_total 1", "sotto_refusals_total{code=\"stale_epoch\"} 1", "sotto_commit_entries_count 1"] {
        assert!(text.contains(line), "{line} in {text}");
    }
    assert!(!text.contains(&ana.account.to_string()) && !text.contains(&thread.0.to_string()));
    for target in ["/healthz", "/readyz"] {
        assert_eq!(clinic.client().get(clinic.ops_url(target)).send().await.unwrap().status(), 204);
    }
}
