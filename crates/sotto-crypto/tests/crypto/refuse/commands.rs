//! Orders that nobody gave, or gave once, or alone, or to another machine; and receipts that no machine signed.

use serde_bytes::ByteBuf;
use sotto_crypto::{SigningKey, statement};
use sotto_protocol::directory::{DirectoryHead, StatementError};
use sotto_protocol::key::HalfHash;
use sotto_protocol::statement::{
    Action, Approval, AttachmentType, Command, CommandOutcome, CommandReason, Erased, ErasedKind, GroupMembers, GroupPolicy, Receipt,
    Scope, Settings, Signed, Signer, Statement,
};
use sotto_protocol::{CommandId, GrantId, GroupId, OrgId};

use super::{Refused, refused};
use crate::clinic::{Clinic, DAY, MONDAY, Machine, id, seed};

/// All of them.
pub fn all(c: &Clinic) -> Vec<Refused> {
    let mut list = forged(c);
    list.extend(repeated(c));
    list.extend(alone(c));
    list.extend(receipts(c));
    list.extend(groups(c));
    list
}

/// A wipe of the station.
pub fn wipe(c: &Clinic, serial: u64) -> Command {
    Command {
        org: c.org,
        command: CommandId::from_bytes(id(&format!("wipe {serial}"))),
        workstation: c.station.workstation,
        account: None,
        action: Action::Wipe,
        directory: DirectoryHead::START,
        serial,
        reason: CommandReason::Lost,
        issued_at: MONDAY + DAY,
        not_after: MONDAY + 8 * DAY,
    }
}

/// Rules for every machine.
pub fn group(c: &Clinic, serial: u64, settings: Settings) -> GroupPolicy {
    let (group, name) = (GroupId::from_bytes(id("group")), ByteBuf::from([9; 60]));
    GroupPolicy { org: c.org, group, serial, name, members: GroupMembers::Everyone, settings, issued_at: MONDAY + DAY }
}

/// What the station signs when it is through.
pub fn receipt(c: &Clinic, command: &Command) -> Receipt {
    let erased = [ErasedKind::KeyringEntries, ErasedKind::WrappedKeys, ErasedKind::Vaults].map(|kind| Erased { kind, found: 2, left: 0 });
    Receipt {
        org: c.org,
        command: command.command,
        workstation: command.workstation,
        outcome: CommandOutcome::Done,
        erased: erased.to_vec(),
        begun_at: MONDAY + DAY,
        ended_at: MONDAY + DAY + 400,
    }
}

fn by_machine(machine: &Machine, receipt: Receipt) -> Signed {
    statement::sign(&Signer::Workstation(machine.workstation), &Statement::Receipt(receipt), &machine.key)
}

fn forged(c: &Clinic) -> Vec<Refused> {
    let order = Statement::Command(wipe(c, 1));
    let server = SigningKey::from_seed(seed("the server's own key"));
    let (narrow_key, narrow_grant) = (SigningKey::from_seed(seed("door clerk's admin key")), GrantId::from_bytes(id("door clerk grant")));
    let mut narrow = c.grant();
    (narrow.grant, narrow.admin_key) = (narrow_grant, narrow_key.verify_key());
    narrow.scopes = vec![Scope::Invite, Scope::Revoke, Scope::Enrol, Scope::Roles];
    let elsewhere = Statement::Command(Command { org: OrgId::from_bytes(id("another clinic")), ..wipe(c, 1) });
    let nowhere = Statement::Command(Command { workstation: Machine::new("nowhere", "", c.station.kind).workstation, ..wipe(c, 1) });
    let unseen = DirectoryHead(1, HalfHash::from_bytes([9; 16]));
    let hidden = Statement::Command(Command { directory: unseen, ..wipe(c, 1) });
    let ahead = Statement::Command(Command { directory: DirectoryHead(1_000, unseen.1), ..wipe(c, 1) });
    let over = Statement::Command(Command { not_after: MONDAY, ..wipe(c, 1) });
    let late = Statement::Command(Command { issued_at: MONDAY + 400 * DAY, not_after: MONDAY + 500 * DAY, ..wipe(c, 1) });
    vec![
        refused("a command that the server signs", statement::sign(&c.admin(), &order, &server), StatementError::BadSignature),
        refused("a command by a person", statement::sign(&c.omar.signer(), &order, &c.omar.signing), StatementError::NotPermitted),
        refused(
            "a command by a machine",
            statement::sign(&Signer::Workstation(c.station.workstation), &order, &c.station.key),
            StatementError::NotPermitted,
        ),
        Refused {
            name: "a command by an admin without that scope",
            before: c.granted(&narrow),
            signed: statement::sign(&Signer::Admin(narrow_grant), &order, &narrow_key),
            error: StatementError::NotPermitted,
        },
        refused("a command of another organisation", c.by_admin(&elsewhere), StatementError::UnknownSigner),
        refused("a command to a machine that was never let in", c.by_admin(&nowhere), StatementError::NotPermitted),
        refused("a command that rests on another directory", c.by_admin(&hidden), StatementError::OtherDirectory),
        refused("a command that rests on statements that are not there", c.by_admin(&ahead), StatementError::OtherDirectory),
        refused("a command that was over when it was given", c.by_admin(&over), StatementError::Expired),
        refused("a command after the grant ended", c.by_admin(&late), StatementError::Expired),
    ]
}

fn repeated(c: &Clinic) -> Vec<Refused> {
    let first = c.by_admin(&Statement::Command(wipe(c, 5)));
    let after = |name, command: Command, error| Refused {
        name,
        before: vec![first.clone()],
        signed: c.by_admin(&Statement::Command(command)),
        error,
    };
    let other_id = CommandId::from_bytes(id("another"));
    vec![
        Refused { name: "a command replayed", before: vec![first.clone()], signed: first.clone(), error: StatementError::Duplicate },
        after("a command of an equal serial", Command { command: other_id, ..wipe(c, 5) }, StatementError::Rollback),
        after("a command of a lower serial", wipe(c, 4), StatementError::Rollback),
        after("a command's id for another order", Command { serial: 6, ..wipe(c, 5) }, StatementError::Duplicate),
    ]
}

fn alone(c: &Clinic) -> Vec<Refused> {
    let strict = c.by_admin(&Statement::GroupPolicy(group(c, 1, Settings { two_person_wipe: Some(true), ..Settings::default() })));
    let order = wipe(c, 1);
    let given = vec![strict, c.by_admin(&Statement::Command(order.clone()))];
    let approval = |issued_at| Statement::Approval(Approval { org: c.org, command: order.command, issued_at });
    let after = |name, signed, error| Refused { name, before: given.clone(), signed, error };
    let held = [given.clone(), vec![c.by_root(&approval(MONDAY + DAY))]].concat();
    vec![
        after("an approval by who gave the command", c.by_admin(&approval(MONDAY + DAY)), StatementError::NotPermitted),
        after(
            "an approval by a person",
            statement::sign(&c.omar.signer(), &approval(MONDAY + DAY), &c.omar.signing),
            StatementError::NotPermitted,
        ),
        after("an approval after the command's time", c.by_root(&approval(MONDAY + 9 * DAY)), StatementError::Expired),
        after("a receipt of a command that waits", by_machine(&c.station, receipt(c, &order)), StatementError::NotPermitted),
        refused("an approval of nothing", c.by_root(&approval(MONDAY + DAY)), StatementError::NotPermitted),
        Refused {
            name: "an approval of a command that holds",
            before: held,
            signed: c.by_root(&approval(MONDAY + 2 * DAY)),
            error: StatementError::Duplicate,
        },
    ]
}

fn receipts(c: &Clinic) -> Vec<Refused> {
    let order = wipe(c, 1);
    let given = vec![c.by_admin(&Statement::Command(order.clone()))];
    let after = |name, signed, error| Refused { name, before: given.clone(), signed, error };
    let genuine = receipt(c, &order);
    let server = SigningKey::from_seed(seed("the server's own key"));
    let statement = Statement::Receipt(genuine.clone());
    let mut disordered = genuine.clone();
    disordered.erased.reverse();
    let mut more = genuine.clone();
    more.erased.iter_mut().for_each(|one| one.left = 3);
    let mut second = genuine.clone();
    second.ended_at += 1;
    vec![
        refused("a receipt of nothing", by_machine(&c.station, genuine.clone()), StatementError::NotPermitted),
        after(
            "a receipt that the server signs",
            statement::sign(&Signer::Workstation(c.station.workstation), &statement, &server),
            StatementError::BadSignature,
        ),
        after("a receipt by the admin who gave the command", c.by_admin(&statement), StatementError::NotPermitted),
        after("a receipt by another machine", by_machine(&c.office, genuine.clone()), StatementError::NotPermitted),
        after(
            "a receipt that names another machine",
            by_machine(&c.station, Receipt { workstation: c.office.workstation, ..genuine.clone() }),
            StatementError::NotPermitted,
        ),
        after("a receipt out of order", by_machine(&c.station, disordered), StatementError::Malformed),
        after("a receipt that left more than it found", by_machine(&c.station, more), StatementError::Malformed),
        after(
            "a receipt that ended before it began",
            by_machine(&c.station, Receipt { ended_at: MONDAY, ..genuine.clone() }),
            StatementError::Malformed,
        ),
        Refused {
            name: "a second receipt",
            before: [given.clone(), vec![by_machine(&c.station, genuine)]].concat(),
            signed: by_machine(&c.station, second),
            error: StatementError::Duplicate,
        },
    ]
}

fn groups(c: &Clinic) -> Vec<Refused> {
    let types = [AttachmentType::Image, AttachmentType::Pdf].into_iter().collect();
    let files = Settings { attachment_mb: Some(10), attachment_types: Some(types), ..Settings::default() };
    let rules = group(c, 2, Settings { idle_lock_s: Some(60), content_protection: Some(false), ..files });
    let given = vec![c.by_admin(&Statement::GroupPolicy(rules.clone()))];
    let mut twice = rules.clone();
    twice.members = GroupMembers::Workstations(vec![c.station.workstation, c.station.workstation]);
    let looser = GroupPolicy { serial: 1, settings: Settings::default(), ..rules.clone() };
    vec![
        refused(
            "rules by a person",
            statement::sign(&c.omar.signer(), &Statement::GroupPolicy(rules.clone()), &c.omar.signing),
            StatementError::NotPermitted,
        ),
        refused("rules with a machine twice", c.by_admin(&Statement::GroupPolicy(twice)), StatementError::Malformed),
        Refused {
            name: "rules put back",
            before: given.clone(),
            signed: c.by_admin(&Statement::GroupPolicy(looser)),
            error: StatementError::Rollback,
        },
        Refused { name: "rules replayed", before: given.clone(), signed: given[0].clone(), error: StatementError::Rollback },
    ]
}
