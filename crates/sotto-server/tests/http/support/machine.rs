//! What a test's workstation is: a token, a certificate made with it, and requests that it proves.

use reqwest::{Method, Response};
use ring::signature::Ed25519KeyPair;
use serde::Serialize;
use serde_bytes::ByteBuf;
use sotto_protocol::api::{Base64, WorkstationRequest};
use sotto_protocol::key::Salt;
use sotto_protocol::request::{RequestProof, request_bytes};
use sotto_protocol::statement::{Signed, Signer, Statement, WorkstationCert, WorkstationKind, WorkstationToken};
use sotto_protocol::{ErrorCode, OrgId, TokenId, WorkstationId, verify};
use sotto_server::Clock;

use super::random;
use super::server::{Clinic, now, public, sign, sign_bytes, version};

const YEAR: u64 = 31_536_000_000;

/// A workstation.
pub struct Machine {
    pub workstation: WorkstationId,
    pub key: Ed25519KeyPair,
    pub token: TokenId,
    pub token_key: Ed25519KeyPair,
}

impl Machine {
    pub fn make() -> Self {
        let (workstation, token) = (WorkstationId::from_bytes(random::bytes()), TokenId::from_bytes(random::bytes()));
        Self { workstation, key: random::key(), token, token_key: random::key() }
    }

    pub fn token(&self, org: OrgId) -> WorkstationToken {
        WorkstationToken {
            org,
            token: self.token,
            token_key: public(&self.token_key),
            kind: WorkstationKind::Shared,
            profile: ByteBuf::from([3; 60]),
            not_before: now(),
            not_after: now() + YEAR,
        }
    }

    pub fn cert(&self, org: OrgId) -> Signed {
        let cert = WorkstationCert {
            org,
            token: self.token,
            workstation: self.workstation,
            workstation_key: public(&self.key),
            kind: WorkstationKind::Shared,
            issued_at: now(),
        };
        sign(&self.token_key, Signer::Token(self.token), &Statement::WorkstationCert(cert))
    }

    pub async fn post_cert(&self, clinic: &Clinic, cert: &Signed) -> Result<u64, ErrorCode> {
        let request = WorkstationRequest { workstation_cert: Base64::from(cert) };
        let sent = clinic.client().post(clinic.url("/v1/workstations")).header("sotto-version", "1").json(&request).send().await;
        version(sent.unwrap()).await
    }

    pub fn proof(&self, method: &str, target: &str, body: &[u8], time: u64) -> RequestProof<WorkstationId> {
        let nonce = Salt::from_bytes(random::bytes());
        let signed = request_bytes(self.workstation, time, &nonce, method, target, &verify::sha256(&[body]));
        RequestProof { by: self.workstation, time, nonce, signature: sign_bytes(&self.key, &signed) }
    }

    /// Sends a request with this proof's header.
    pub async fn send(&self, clinic: &Clinic, method: Method, target: &str, body: Vec<u8>, proof: &str) -> Response {
        let request = clinic.client().request(method, clinic.url(target)).header("sotto-version", "1").header("sotto-workstation", proof);
        request.header("content-type", "application/json").body(body).send().await.unwrap()
    }

    /// Posts by the clinic's clock.
    pub async fn post(&self, clinic: &Clinic, target: &str, request: &impl Serialize) -> Response {
        let body = serde_json::to_vec(request).unwrap();
        let proof = self.proof("POST", target, &body, clinic.clock.now_ms()).header();
        self.send(clinic, Method::POST, target, body, &proof).await
    }

    pub async fn get(&self, clinic: &Clinic, target: &str) -> Response {
        let proof = self.proof("GET", target, &[], clinic.clock.now_ms()).header();
        self.send(clinic, Method::GET, target, Vec::new(), &proof).await
    }
}
