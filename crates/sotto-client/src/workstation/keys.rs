//! Which keys does a new account get, and what certifies them? Made here, all at once; only their public halves leave the machine.

use sotto_crypto::invite::InviteCode;
use sotto_crypto::statement::sign;
use sotto_crypto::{OsRandom, SealingPair, SigningKey};
use sotto_protocol::api::{Base64, EnrolRequest};
use sotto_protocol::key::Suite;
use sotto_protocol::statement::{AccountCert, DeviceCert, Signer, Statement};
use sotto_protocol::{AccountId, DeviceId, OrgId, WorkstationId, limits, verify};
use sotto_store::table::identity::Identity;

use super::Workstation;
use super::enrol::Enrolment;
use super::pending::Pending;
use crate::error::Result;
use crate::session::Core;

/// A device's certificate holds for this long.
const DEVICE_YEARS_MS: u64 = 10 * 366 * 24 * 3_600 * 1_000;

/// Whom a device's certificate is about.
pub(super) struct Subject {
    pub org: OrgId,
    pub account: AccountId,
    pub generation: u32,
    pub device: DeviceId,
    pub workstation: WorkstationId,
}

impl Workstation {
    /// Fresh keys for the account and the device, and what they are certified with.
    pub(super) fn make_keys(&self, enrolment: &Enrolment) -> Result<(Pending, Identity, SigningKey)> {
        let (code, mut rng) = (&enrolment.code, OsRandom::new());
        let org = verify::org_id(&code.root);
        let (signing, device_key) = (SigningKey::generate(&mut rng), SigningKey::generate(&mut rng));
        let pair = SealingPair::generate(Suite::XWing, &mut rng);
        let device = Core::make_id(DeviceId::from_bytes);
        let founder = enrolment.founder.as_ref();
        let workstation = match founder {
            Some(founder) => founder.founding.machine.workstation,
            None => self.enrolled_file()?.workstation,
        };
        let subject = Subject { org, account: code.account, generation: code.generation, device, workstation };
        let now = self.shared.clock.wall_ms();
        let request = EnrolRequest {
            account_cert: certify_account(code, org, &signing, &pair, now),
            device_cert: certify_device(&subject, &signing, &device_key, now),
        };
        let pending = Pending { device, founding: founder.map(|founder| founder.founding.clone()), request };
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
            login: code.login.clone(),
            directory_key: code.directory_key.clone(),
            admin: founder.map(|founder| (founder.admin.0, founder.admin.1.seed().clone())),
            root_seed: founder.map(|founder| founder.root.seed().clone()),
        };
        Ok((pending, identity, device_key))
    }
}

/// The account's certificate, signed with the invite.
fn certify_account(code: &InviteCode, org: OrgId, signing: &SigningKey, pair: &SealingPair, now: u64) -> Base64 {
    let cert = AccountCert {
        org,
        account: code.account,
        generation: code.generation,
        invite: code.invite,
        signing_key: signing.verify_key(),
        sealing_key: pair.public().clone(),
        issued_at: now,
    };
    let invite_key = SigningKey::from_seed(code.seed.clone());
    (&sign(&Signer::Invite(code.invite), &Statement::AccountCert(cert), &invite_key)).into()
}

/// A device's certificate, signed by the account.
pub(super) fn certify_device(subject: &Subject, signing: &SigningKey, device_key: &SigningKey, now: u64) -> Base64 {
    let cert = DeviceCert {
        org: subject.org,
        account: subject.account,
        generation: subject.generation,
        device: subject.device,
        workstation: subject.workstation,
        device_key: device_key.verify_key(),
        not_before: now.saturating_sub(limits::CLOCK_SKEW_MS),
        not_after: now.saturating_add(DEVICE_YEARS_MS),
    };
    let by_account = Signer::Account(subject.account, subject.generation);
    (&sign(&by_account, &Statement::DeviceCert(cert), signing)).into()
}
