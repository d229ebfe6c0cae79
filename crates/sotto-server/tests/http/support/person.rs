//! What a person's device does: enrols, signs its requests, appends, reads.

use reqwest::{Method, Response};
use ring::signature::Ed25519KeyPair;
use serde_bytes::ByteBuf;
use sotto_protocol::api::{Base64, EnrolRequest, ErrorResponse, StatementRequest};
use sotto_protocol::feed::{Append, AppendRequest, AppendResponse, Outcome};
use sotto_protocol::key::{Salt, SealingKey, Suite};
use sotto_protocol::request::{RequestProof, request_bytes};
use sotto_protocol::statement::{AccountCert, DeviceCert, Invite, Revocations, Signed, Signer, Statement};
use sotto_protocol::{AccountId, DeviceId, ErrorCode, WorkstationId, cbor, verify};
use sotto_server::{Clock, SystemClock};

use super::feed::OpenFeed;
use super::machine::Machine;
use super::random;
use super::server::{Clinic, now, public, sign, sign_bytes, version};

const YEAR: u64 = 31_536_000_000;

/// A person on their device.
pub struct Person {
    pub account: AccountId,
    pub generation: u32,
    seed: [u8; 32],
    pub signing: Ed25519KeyPair,
    pub device: DeviceId,
    pub device_key: Ed25519KeyPair,
    pub client: reqwest::Client,
}

impl Person {
    /// Uses an invite.
    pub async fn enrol(clinic: &Clinic, invite: &Invite, key: &Ed25519KeyPair) -> Result<Self, ErrorCode> {
        let person = Self::new(clinic, invite);
        let request = person.enrolment(clinic, invite, key);
        person.post_enrolment(clinic, &request).await.map(|_| person)
    }

    pub fn new(clinic: &Clinic, invite: &Invite) -> Self {
        let seed = random::bytes();
        Self {
            account: invite.account,
            generation: invite.generation,
            seed,
            signing: Ed25519KeyPair::from_seed_unchecked(&seed).unwrap(),
            device: DeviceId::from_bytes(random::bytes()),
            device_key: random::key(),
            client: clinic.client(),
        }
    }

    /// The same person with a new device at a machine, whose certificate is not posted yet.
    pub fn elsewhere(&self, clinic: &Clinic, machine: &Machine) -> (Self, Signed) {
        let signing = Ed25519KeyPair::from_seed_unchecked(&self.seed).unwrap();
        let (device, device_key) = (DeviceId::from_bytes(random::bytes()), random::key());
        let person = Self { signing, device, device_key, client: clinic.client(), ..*self };
        let cert = person.device_cert(clinic, machine);
        (person, cert)
    }

    /// The device's certificate at a machine.
    pub fn device_cert(&self, clinic: &Clinic, machine: &Machine) -> Signed {
        let device = DeviceCert {
            org: clinic.org,
            account: self.account,
            generation: self.generation,
            device: self.device,
            workstation: machine.workstation,
            device_key: public(&self.device_key),
            not_before: now(),
            not_after: now() + YEAR,
        };
        sign(&self.signing, Signer::Account(self.account, self.generation), &Statement::DeviceCert(device))
    }

    /// The certificates of the person and the device, at the founder's machine.
    pub fn enrolment(&self, clinic: &Clinic, invite: &Invite, key: &Ed25519KeyPair) -> EnrolRequest {
        let account = AccountCert {
            org: clinic.org,
            account: self.account,
            generation: self.generation,
            invite: invite.invite,
            signing_key: public(&self.signing),
            sealing_key: SealingKey { suite: Suite::X25519, key: ByteBuf::from([6; 32]) },
            issued_at: now(),
        };
        let account_cert = sign(key, Signer::Invite(invite.invite), &Statement::AccountCert(account));
        let device_cert = self.device_cert(clinic, &clinic.machine);
        EnrolRequest { account_cert: Base64::from(&account_cert), device_cert: Base64::from(&device_cert) }
    }

    pub async fn post_enrolment(&self, clinic: &Clinic, request: &EnrolRequest) -> Result<u64, ErrorCode> {
        version(clinic.machine.post(clinic, "/v1/enrol", request).await).await
    }

    pub fn proof(&self, method: &str, target: &str, body: &[u8], time: u64) -> RequestProof {
        let nonce = Salt::from_bytes(random::bytes());
        let signed = request_bytes(self.device, time, &nonce, method, target, &verify::sha256(&[body]));
        RequestProof { by: self.device, time, nonce, signature: sign_bytes(&self.device_key, &signed) }
    }

    /// Sends a request with this proof's header.
    pub async fn send(&self, clinic: &Clinic, method: Method, target: &str, body: Vec<u8>, proof: &str) -> Response {
        let request = self.client.request(method, clinic.url(target)).header("sotto-version", "1");
        let kind = if target == "/v1/entries" { "application/cbor" } else { "application/json" };
        request.header("sotto-device", proof).header("content-type", kind).body(body).send().await.unwrap()
    }

    pub async fn post(&self, clinic: &Clinic, target: &str, body: Vec<u8>) -> Response {
        let proof = self.proof("POST", target, &body, clinic.clock.now_ms()).header();
        self.send(clinic, Method::POST, target, body, &proof).await
    }

    pub async fn get(&self, clinic: &Clinic, target: &str) -> Response {
        let proof = self.proof("GET", target, &[], clinic.clock.now_ms()).header();
        self.send(clinic, Method::GET, target, Vec::new(), &proof).await
    }

    pub async fn post_statement(&self, clinic: &Clinic, signed: &Signed) -> Result<u64, ErrorCode> {
        let request = StatementRequest { statement: Base64::from(signed) };
        version(self.post(clinic, "/v1/statements", serde_json::to_vec(&request).unwrap()).await).await
    }

    /// Has the admin revoke devices and accounts, through this device.
    pub async fn revoke(
        &self,
        clinic: &Clinic,
        number: u64,
        accounts: Vec<(AccountId, u32)>,
        devices: Vec<DeviceId>,
    ) -> Result<u64, ErrorCode> {
        let list = Revocations { org: clinic.org, version: number, issued_at: now(), accounts, devices, workstations: vec![] };
        self.post_revocations(clinic, list).await
    }

    /// Has the admin shut machines out, through this device.
    pub async fn shut_out(&self, clinic: &Clinic, number: u64, workstations: Vec<WorkstationId>) -> Result<u64, ErrorCode> {
        let (accounts, devices) = (vec![], vec![]);
        let list = Revocations { org: clinic.org, version: number, issued_at: now(), accounts, devices, workstations };
        self.post_revocations(clinic, list).await
    }

    async fn post_revocations(&self, clinic: &Clinic, list: Revocations) -> Result<u64, ErrorCode> {
        self.post_statement(clinic, &sign(&clinic.admin, Signer::Admin(clinic.grant), &Statement::Revocations(list))).await
    }

    pub async fn append(&self, clinic: &Clinic, entries: &[Append]) -> Vec<Outcome> {
        let sent = self.post(clinic, "/v1/entries", cbor::encode(&AppendRequest(entries.to_vec()))).await;
        assert_eq!(sent.status(), 200);
        let body = sent.bytes().await.unwrap();
        cbor::parse::<AppendResponse>(&body, 1 << 20).unwrap().0
    }

    /// Appends to a server in a process of its own, by the machine's clock; `None` once it does not answer.
    pub async fn try_append(&self, url: &str, entries: &[Append]) -> Option<Vec<Outcome>> {
        let body = cbor::encode(&AppendRequest(entries.to_vec()));
        let proof = self.proof("POST", "/v1/entries", &body, SystemClock.now_ms()).header();
        let request = self.client.post(format!("{url}/v1/entries")).header("sotto-version", "1").header("sotto-device", proof);
        let sent = request.header("content-type", "application/cbor").body(body).send().await.ok()?;
        let body = sent.bytes().await.ok()?;
        Some(cbor::parse::<AppendResponse>(&body, 1 << 20).ok()?.0)
    }

    /// Opens a feed of such a server.
    pub async fn try_feed(&self, url: &str) -> OpenFeed {
        let proof = self.proof("GET", "/v1/feed", &[], SystemClock.now_ms()).header();
        let request = self.client.get(format!("{url}/v1/feed")).header("sotto-version", "1");
        OpenFeed::new(request.header("sotto-device", proof).send().await.unwrap())
    }

    pub async fn feed(&self, clinic: &Clinic, after: u64) -> OpenFeed {
        let sent = self.get(clinic, &format!("/v1/feed?after={after}")).await;
        assert_eq!(sent.status(), 200);
        OpenFeed::new(sent)
    }
}

/// The code of a refused request.
pub async fn code(sent: Response) -> (u16, ErrorCode) {
    let status = sent.status().as_u16();
    (status, sent.json::<ErrorResponse>().await.unwrap().code)
}
