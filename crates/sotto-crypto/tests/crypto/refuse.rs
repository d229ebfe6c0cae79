//! Statements that a directory refuses after the clinic's own: each attack with the refusal it meets. Tests and vectors share them.

mod admins;
pub mod commands;
pub mod custody;
pub mod device_ends;
mod encodings;
pub mod incidents;
mod roles;
mod workstations;

use serde_bytes::ByteBuf;
use sotto_crypto::{SigningKey, statement};
use sotto_protocol::directory::StatementError;
use sotto_protocol::key::Suite;
use sotto_protocol::statement::{AccountCert, Invite, Signed, Signer, Statement};
use sotto_protocol::{DeviceId, GrantId, InviteId, OrgId};

use crate::clinic::{Clinic, DAY, MONDAY, Person, id, seed};

/// An attack.
pub struct Refused {
    pub name: &'static str,
    /// Statements that are accepted before it, on top of the clinic's.
    pub before: Vec<Signed>,
    pub signed: Signed,
    pub error: StatementError,
}

fn refused(name: &'static str, signed: Signed, error: StatementError) -> Refused {
    Refused { name, before: Vec::new(), signed, error }
}

/// All attacks.
pub fn all(c: &Clinic) -> Vec<Refused> {
    let mut list = forged_keys(c);
    list.extend(invites(c));
    list.extend(rollbacks(c));
    list.extend(replaced(c));
    list.extend(admins(c));
    list.extend(admins::all(c));
    list.extend(commands::all(c));
    list.extend(custody::all(c));
    list.extend(device_ends::all(c));
    list.extend(incidents::all(c));
    list.extend(workstations::all(c));
    list.extend(roles::all(c));
    list.extend(encodings::all(c));
    list
}

/// A server that adds devices and keys.
fn forged_keys(c: &Clinic) -> Vec<Refused> {
    let server = SigningKey::from_seed(seed("the server's own key"));
    let mut ghost = c.device_cert(&c.omar);
    ghost.device = DeviceId::from_bytes(id("ghost device"));
    ghost.device_key = server.verify_key();
    let ghost = Statement::DeviceCert(ghost);
    let mut swapped = c.account_cert(&c.omar);
    swapped.signing_key = server.verify_key();
    let swapped = Statement::AccountCert(swapped);
    vec![
        refused("a ghost device that the server signs", statement::sign(&c.omar.signer(), &ghost, &server), StatementError::BadSignature),
        refused(
            "a ghost device of Omar that June signs",
            statement::sign(&c.june.signer(), &ghost, &c.june.signing),
            StatementError::NotPermitted,
        ),
        refused(
            "a ghost device under keys nobody certified",
            {
                let signer = Signer::Account(c.omar.account, 2);
                statement::sign(&signer, &ghost, &server)
            },
            StatementError::UnknownSigner,
        ),
        refused(
            "a device id taken again with another key",
            {
                let mut again = c.device_cert(&c.omar);
                again.device_key = server.verify_key();
                c.sign_device_cert(&c.omar, &again)
            },
            StatementError::Duplicate,
        ),
        refused(
            "Omar's keys swapped for the server's",
            statement::sign(&Signer::Invite(c.omar.invite), &swapped, &server),
            StatementError::BadSignature,
        ),
        refused("an account's keys signed by the root", statement::sign(&Signer::Root, &swapped, &c.root), StatementError::NotPermitted),
        refused(
            "a signature moved to another statement",
            {
                let genuine = c.sign_device_cert(&c.omar, &c.device_cert(&c.omar));
                let other = statement::sign(&c.omar.signer(), &ghost, &server);
                Signed { signature: genuine.signature, ..other }
            },
            StatementError::BadSignature,
        ),
        refused(
            "a signature moved to another signer",
            {
                let genuine = c.by_admin(&Statement::Revocations(c.revocations(2, vec![c.june.device])));
                Signed { signer: Signer::Root, ..genuine }
            },
            StatementError::BadSignature,
        ),
    ]
}

fn newcomer(c: &Clinic) -> (Person, Invite, Signed) {
    let person = Person::new("wei", Suite::X25519, "Wei Zhang", "RN");
    let invite = c.invite(&person);
    let signed = c.by_admin(&Statement::Invite(invite.clone()));
    (person, invite, signed)
}

/// Invites that are over, used, or stretched.
fn invites(c: &Clinic) -> Vec<Refused> {
    let (wei, invite, signed) = newcomer(c);
    let after_invite =
        |name, cert: AccountCert, error| Refused { name, before: vec![signed.clone()], signed: c.sign_account_cert(&wei, &cert), error };
    let genuine = c.account_cert(&wei);
    vec![
        after_invite(
            "an invite used a day too late",
            AccountCert { issued_at: invite.not_after + DAY, ..genuine.clone() },
            StatementError::Expired,
        ),
        after_invite(
            "an invite used before it holds",
            AccountCert { issued_at: invite.not_before - 1, ..genuine.clone() },
            StatementError::Expired,
        ),
        after_invite(
            "an invite used for another account",
            AccountCert { account: c.omar.account, ..genuine.clone() },
            StatementError::NotPermitted,
        ),
        after_invite(
            "an invite used for a later generation",
            AccountCert { generation: 2, ..genuine.clone() },
            StatementError::NotPermitted,
        ),
        after_invite(
            "a sealing key that is too short",
            {
                let mut cert = genuine.clone();
                cert.sealing_key.key = ByteBuf::from(vec![7; 31]);
                cert
            },
            StatementError::Malformed,
        ),
        refused("an account whose invite nobody made", c.sign_account_cert(&wei, &genuine), StatementError::UnknownSigner),
        refused(
            "an invite used twice, with other keys",
            {
                let mut again = c.account_cert(&c.omar);
                again.signing_key = wei.signing.verify_key();
                c.sign_account_cert(&c.omar, &again)
            },
            StatementError::Duplicate,
        ),
        refused("an invite id taken twice", c.by_admin(&Statement::Invite(c.invite(&c.omar))), StatementError::Duplicate),
        Refused {
            name: "a second invite that makes Omar's first generation again",
            before: vec![c.by_admin(&Statement::Invite(second_invite(c)))],
            signed: {
                let cert = AccountCert { invite: second_invite(c).invite, ..c.account_cert(&c.omar) };
                statement::sign(&Signer::Invite(cert.invite), &Statement::AccountCert(cert), &c.omar.invite_key)
            },
            error: StatementError::Rollback,
        },
    ]
}

fn second_invite(c: &Clinic) -> Invite {
    Invite { invite: InviteId::from_bytes(id("omar invite again")), ..c.invite(&c.omar) }
}

/// A person's second generation, and the statements that bring it in.
fn replace(c: &Clinic, person: &Person, word: &str) -> Vec<Signed> {
    let invite = Invite { invite: InviteId::from_bytes(id(word)), generation: 2, ..c.invite(person) };
    let cert = AccountCert { invite: invite.invite, generation: 2, ..c.account_cert(person) };
    let certified = statement::sign(&Signer::Invite(invite.invite), &Statement::AccountCert(cert), &person.invite_key);
    vec![c.by_root(&Statement::Invite(invite)), certified]
}

/// Keys that a newer generation has replaced, without any revocation.
fn replaced(c: &Clinic) -> Vec<Refused> {
    let mut device = c.device_cert(&c.omar);
    device.device = DeviceId::from_bytes(id("a device of Omar's old keys"));
    let (_, _, invite) = newcomer(c);
    vec![
        Refused {
            name: "a device of keys that a newer generation replaced",
            before: replace(c, &c.omar, "omar anew"),
            signed: c.sign_device_cert(&c.omar, &device),
            error: StatementError::NotPermitted,
        },
        Refused {
            name: "an invite by an admin whose keys a newer generation replaced",
            before: replace(c, &c.nadia, "nadia anew"),
            signed: invite,
            error: StatementError::NotPermitted,
        },
    ]
}

/// Rules and revocations put back.
fn rollbacks(c: &Clinic) -> Vec<Refused> {
    let mut with_account = c.revocations(2, vec![c.june.device]);
    with_account.accounts = vec![(c.june.account, 2)];
    let mut lower = c.revocations(3, vec![c.june.device]);
    lower.accounts = vec![(c.june.account, 1)];
    vec![
        refused("the policy's version again", c.by_root(&Statement::Policy(c.policy(1))), StatementError::Rollback),
        refused("a policy before the first", c.by_root(&Statement::Policy(c.policy(0))), StatementError::Rollback),
        refused("a policy by the admin", c.by_admin(&Statement::Policy(c.policy(2))), StatementError::NotPermitted),
        refused(
            "the revocations' version again",
            c.by_admin(&Statement::Revocations(c.revocations(1, vec![c.june.device]))),
            StatementError::Rollback,
        ),
        refused(
            "revocations that forget June's device",
            c.by_admin(&Statement::Revocations(c.revocations(2, Vec::new()))),
            StatementError::Rollback,
        ),
        Refused {
            name: "revocations that let a later generation of June back in",
            before: vec![c.by_admin(&Statement::Revocations(with_account))],
            signed: c.by_admin(&Statement::Revocations(lower)),
            error: StatementError::Rollback,
        },
    ]
}

/// Admins beyond what they were granted.
fn admins(c: &Clinic) -> Vec<Refused> {
    let (wei, invite, _) = newcomer(c);
    let clerk_key = SigningKey::from_seed(seed("clerk's admin key"));
    let clerk = GrantId::from_bytes(id("clerk grant"));
    let mut narrow = c.grant();
    (narrow.grant, narrow.admin_key, narrow.scopes) = (clerk, clerk_key.verify_key(), Vec::new());
    let narrow = c.granted(&narrow);
    let by_clerk = |statement: &Statement| statement::sign(&Signer::Admin(clerk), statement, &clerk_key);
    let mut out = c.revocations(2, vec![c.june.device]);
    out.accounts = vec![(c.nadia.account, 1)];
    vec![
        Refused {
            name: "an invite by an admin without that scope",
            before: narrow.clone(),
            signed: by_clerk(&Statement::Invite(invite.clone())),
            error: StatementError::NotPermitted,
        },
        Refused {
            name: "revocations by an admin without that scope",
            before: narrow,
            signed: by_clerk(&Statement::Revocations(c.revocations(2, vec![c.june.device]))),
            error: StatementError::NotPermitted,
        },
        refused(
            "an invite after the grant ended",
            {
                let late = Invite { not_before: MONDAY + 400 * DAY, not_after: MONDAY + 401 * DAY, ..invite.clone() };
                c.by_admin(&Statement::Invite(late))
            },
            StatementError::Expired,
        ),
        Refused {
            name: "an invite by an admin whose account is revoked",
            before: vec![c.by_root(&Statement::Revocations(out))],
            signed: c.by_admin(&Statement::Invite(invite.clone())),
            error: StatementError::NotPermitted,
        },
        Refused {
            name: "an invite by a stolen admin key after its owner was enrolled anew",
            before: admins::enrolled_anew(c),
            signed: c.by_admin(&Statement::Invite(invite.clone())),
            error: StatementError::NotPermitted,
        },
        refused("a grant by an admin", c.by_admin(&Statement::AdminGrant(c.grant())), StatementError::NotPermitted),
        refused("a grant's id taken again", c.by_root(&Statement::AdminGrant(c.grant())), StatementError::Duplicate),
        refused(
            "an invite by a person",
            statement::sign(&c.omar.signer(), &Statement::Invite(c.invite(&wei)), &c.omar.signing),
            StatementError::NotPermitted,
        ),
        refused(
            "a statement of another organisation",
            {
                let elsewhere = Invite { org: OrgId::from_bytes(id("another clinic")), ..invite };
                c.by_admin(&Statement::Invite(elsewhere))
            },
            StatementError::UnknownSigner,
        ),
    ]
}
