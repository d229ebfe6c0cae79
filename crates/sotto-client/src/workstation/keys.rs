//! Which keys does a new account get, and what certifies them? Made here, all at once; only their public halves leave the machine.

use sotto_crypto::invite::InviteCode;
use sotto_crypto::statement::sign;
use sotto_crypto::{OsRandom, SealingPair, SigningKey};
use sotto_protocol::api::{Base64, EnrolRequest};
use sotto_protocol::key::Suite;
use sotto_protocol::statement::{AccountCert, DeviceCert, Signer, Statement};
use sotto_protocol::{DeviceId, OrgId, WorkstationId, limits, verify};
use sotto_store::table::identity::Identity;

use super::Workstation;
use super::enrol::Enrolment;
use super::pending::Pending;
use crate::session::Core;

/// A device's certificate holds for this long.
const DEVICE_YEARS_MS: u64 = 10 * 366 * 24 * 3_600 * 1_000;

/// Whom the certificates are about.
struct Subject<'a> {
    code: &'a InviteCode,
    org: OrgId,
    device: DeviceId,
    workstation: WorkstationId,
}

impl Workstation {
    /// Fresh keys for the account and the device, and what they are certified with.
    pub(super) fn make_keys(&self, enrolment: &Enrolment) -> (Pending, Identity, SigningKey) {
        let (code, mut rng) = (&enrolment.code, OsRandom::new());
        let org = verify::org_id(&code.root);
        let (signing, device_key) = (SigningKey::generate(&mut rng), SigningKey::generate(&mut rng));
        let pair = SealingPair::generate(Suite::XWing, &mut rng);
        let device = Core::make_id(DeviceId::from_bytes);
        let workstation = self.file().map_or_else(|| Core::make_id(WorkstationId::from_bytes), |file| file.workstation);
        let subject = Subject { code, org, device, workstation };
        let founder = enrolment.founder.as_ref();
        let pending = Pending {
            server: code.server.clone(),
            ca_der: Base64(code.ca_der.clone()),
            root: Base64(code.root.as_bytes().to_vec()),
            org,
            workstation,
            workstation_name: enrolment.workstation_name.clone(),
            device,
            founding: founder.map(|founder| founder.statements.clone()),
            request: certify(&subject, &signing, &pair, &device_key, self.shared.clock.wall_ms()),
        };
        let identity = Identity {
            account: code.account,
            generation: code.generation,
            device,
            workstation,
            org,
            root: code.root,
            signing_seed: signing.seed().clone(),
            sealing_suite: Suite::XWing,
            sealing_private: pair.private().clone(),
            directory_key: code.directory_key.clone(),
            admin: founder.map(|founder| (founder.admin.0, founder.admin.1.seed().clone())),
            root_seed: founder.map(|founder| founder.root.seed().clone()),
        };
        (pending, identity, device_key)
    }
}

/// The account's certificate, signed with the invite, and the device's, signed by the account.
fn certify(subject: &Subject<'_>, signing: &SigningKey, pair: &SealingPair, device_key: &SigningKey, now: u64) -> EnrolRequest {
    let Subject { code, org, device, workstation } = *subject;
    let account_cert = AccountCert {
        org,
        account: code.account,
        generation: code.generation,
        invite: code.invite,
        signing_key: signing.verify_key(),
        sealing_key: pair.public().clone(),
        issued_at: now,
    };
    let device_cert = DeviceCert {
        org,
        account: code.account,
        generation: code.generation,
        device,
        workstation,
        device_key: device_key.verify_key(),
        not_before: now.saturating_sub(limits::CLOCK_SKEW_MS),
        not_after: now.saturating_add(DEVICE_YEARS_MS),
    };
    let invite_key = SigningKey::from_seed(code.seed.clone());
    let by_account = Signer::Account(code.account, code.generation);
    EnrolRequest {
        account_cert: (&sign(&Signer::Invite(code.invite), &Statement::AccountCert(account_cert), &invite_key)).into(),
        device_cert: (&sign(&by_account, &Statement::DeviceCert(device_cert), signing)).into(),
    }
}
