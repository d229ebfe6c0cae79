//! Whether the server can add, swap, repeat or roll back anybody: the directory's refusals.

use sotto_crypto::profile::open_location;
use sotto_crypto::statement::sign;
use sotto_protocol::cbor;
use sotto_protocol::directory::{Directory, StatementError};
use sotto_protocol::entry::ThreadClass;
use sotto_protocol::role::{Permission, Role};
use sotto_protocol::statement::{
    AccountCert, Action, Command, DeviceCert, DeviceEnd, IncidentOutcome, Invite, Revocations, Signed, Signer, Statement, WorkstationKind,
};
use sotto_protocol::{DeviceId, ErrorCode, InviteId};

use crate::clinic::{Clinic, Machine, Person, id};
use crate::refuse;
use crate::refuse::custody::handed;
use crate::refuse::{commands, incidents};

#[test]
fn the_clinic_enrols_and_one_device_is_lost() {
    let clinic = Clinic::new();
    let directory = clinic.directory();
    assert_eq!(directory.org(), clinic.org);
    assert_eq!(directory.accounts().count(), 3);
    let june = directory.device(&clinic.june.device).unwrap();
    assert!(directory.device_revoked(june));
    assert!(!directory.device_revoked(directory.device(&clinic.omar.device).unwrap()));
    assert_eq!(directory.sealing_key(&clinic.june.account), Some((1, clinic.june.sealing.public())));
}

#[test]
fn every_attack_meets_its_refusal_and_changes_nothing() {
    let clinic = Clinic::new();
    let attacks = refuse::all(&clinic);
    assert!(attacks.len() >= 147, "{} attacks", attacks.len());
    for attack in attacks {
        let mut directory = clinic.directory();
        for signed in &attack.before {
            directory.apply(signed).unwrap_or_else(|error| panic!("before {}: {error}", attack.name));
        }
        let before = format!("{:?}", sorted_view(&directory));
        assert_eq!(directory.apply(&attack.signed).map(drop), Err(attack.error), "{}", attack.name);
        assert_eq!(before, format!("{:?}", sorted_view(&directory)), "{} left a trace", attack.name);
    }
}

fn sorted_view(directory: &Directory) -> impl std::fmt::Debug {
    let mut accounts: Vec<_> = directory.accounts().map(|(id, account)| (*id, account.certs.len())).collect();
    let mut devices: Vec<_> = directory.devices().map(|cert| (cert.device, cert.device_key, directory.device_revoked(cert))).collect();
    accounts.sort();
    devices.sort_by_key(|(device, ..)| *device);
    let mut machines: Vec<_> = directory.workstations().map(|cert| (cert.workstation, cert.workstation_key)).collect();
    machines.sort_by_key(|(workstation, _)| *workstation);
    let mut roles: Vec<_> = directory.accounts().map(|(id, _)| (*id, directory.role(id).cloned())).collect();
    roles.sort_by_key(|(account, _)| *account);
    (accounts, devices, machines, roles, directory.policy().cloned(), directory.revocations().cloned())
}

#[test]
fn no_byte_of_a_statement_can_change() {
    let clinic = Clinic::new();
    let invite = clinic.by_admin(&Statement::Invite(clinic.invite(&Person::new("wei", sotto_protocol::key::Suite::X25519, "Wei", "RN"))));
    let lab = Machine::new("WS 12", "Lab", WorkstationKind::Shared);
    let token = clinic.by_admin(&Statement::WorkstationToken(clinic.token(&lab)));
    let machine = clinic.sign_workstation_cert(&lab, &clinic.workstation_cert(&lab));
    let mut directory = clinic.directory();
    for signed in [invite, token, machine] {
        let bytes = cbor::encode(&signed);
        assert!(directory.check(&signed).is_ok());
        for place in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[place] ^= 0x01;
            let parsed: Result<Signed, _> = cbor::parse_canonical(&changed, 4_096);
            assert!(parsed.is_err() || directory.check(&parsed.unwrap()).is_err(), "byte {place} can change");
        }
        directory.apply(&signed).unwrap();
    }
}

#[test]
fn a_statement_out_of_order_is_refused_until_its_signer_is_known() {
    let clinic = Clinic::new();
    let mut directory = Directory::new(clinic.root.verify_key());
    let omar = clinic.sign_account_cert(&clinic.omar, &clinic.account_cert(&clinic.omar));
    assert_eq!(directory.apply(&omar).map(drop), Err(StatementError::UnknownSigner));
}

#[test]
fn another_root_accepts_nothing_of_the_clinic() {
    let clinic = Clinic::new();
    let mut directory = Directory::new(clinic.admin_key.verify_key());
    for (what, signed) in clinic.statements() {
        assert!(directory.apply(&signed).is_err(), "{what}");
    }
}

#[test]
fn a_new_generation_replaces_the_keys_and_keeps_the_old_ones_for_old_entries() {
    let clinic = Clinic::new();
    let mut directory = clinic.directory();
    let mut omar = Person::new("omar later", sotto_protocol::key::Suite::XWing, "Omar Haddad", "Physician");
    (omar.account, omar.generation, omar.invite) = (clinic.omar.account, 2, InviteId::from_bytes(id("omar's second invite")));
    directory.apply(&clinic.by_admin(&Statement::Invite(clinic.invite(&omar)))).unwrap();
    directory.apply(&clinic.sign_account_cert(&omar, &clinic.account_cert(&omar))).unwrap();
    let account = directory.account(&omar.account).unwrap();
    assert_eq!(account.current().unwrap().signing_key, omar.signing.verify_key());
    assert_eq!(account.generation(1).unwrap().signing_key, clinic.omar.signing.verify_key());
    assert_eq!(directory.sealing_key(&omar.account), Some((2, omar.sealing.public())));
}

#[test]
fn who_is_revoked_gets_no_key_and_certifies_no_device() {
    let clinic = Clinic::new();
    let mut directory = clinic.directory();
    let mut out = clinic.revocations(2, vec![clinic.june.device]);
    out.accounts = vec![(clinic.omar.account, 1)];
    directory.apply(&clinic.by_admin(&Statement::Revocations(out))).unwrap();
    assert_eq!(directory.sealing_key(&clinic.omar.account), None);
    assert!(directory.device_revoked(directory.device(&clinic.omar.device).unwrap()));
    let mut another = clinic.device_cert(&clinic.omar);
    another.device = sotto_protocol::DeviceId::from_bytes(id("omar's new machine"));
    let signed = clinic.sign_device_cert(&clinic.omar, &another);
    assert_eq!(directory.apply(&signed).map(drop), Err(StatementError::NotPermitted));
}

#[test]
fn a_machine_that_is_shut_out_takes_its_devices_with_it_and_no_account() {
    let clinic = Clinic::new();
    let mut directory = clinic.directory();
    let mut at_the_office = clinic.device_cert(&clinic.omar);
    (at_the_office.device, at_the_office.workstation) = (DeviceId::from_bytes(id("omar's office device")), clinic.office.workstation);
    directory.apply(&clinic.sign_device_cert(&clinic.omar, &at_the_office)).unwrap();
    let out = Revocations { workstations: vec![clinic.station.workstation], ..clinic.revocations(2, vec![clinic.june.device]) };
    directory.apply(&clinic.by_admin(&Statement::Revocations(out))).unwrap();
    assert!(directory.workstation_revoked(&clinic.station.workstation) && !directory.workstation_revoked(&clinic.office.workstation));
    assert!(directory.device_revoked(directory.device(&clinic.omar.device).unwrap()));
    assert!(!directory.device_revoked(directory.device(&at_the_office.device).unwrap()));
    assert!(directory.sealing_key(&clinic.omar.account).is_some());
    // Its certificate stays: who looks at the list of machines sees it as shut out.
    assert_eq!(directory.workstation(&clinic.station.workstation), Some(&clinic.workstation_cert(&clinic.station)));
}

#[test]
fn a_person_ends_devices_of_their_own_for_good_and_keeps_their_keys() {
    let c = Clinic::new();
    let mut directory = c.directory();
    let office = refuse::device_ends::in_the_office();
    directory.apply(&c.omar_in_the_office()).unwrap();
    let out = |directory: &Directory, device| directory.device_revoked(directory.device(&device).unwrap());
    assert!(!out(&directory, office));
    directory.apply(&c.by_person(&c.omar, &c.device_end(&c.omar))).unwrap();
    assert!(out(&directory, office) && !out(&directory, c.omar.device));
    assert!(directory.sealing_key(&c.omar.account).is_some(), "no key ends with a device");
    // A list may name what is out already along with what is not.
    let mut devices = vec![office, c.omar.device];
    devices.sort_unstable();
    directory.apply(&c.by_person(&c.omar, &DeviceEnd { devices, ..c.device_end(&c.omar) })).unwrap();
    assert!(out(&directory, c.omar.device) && directory.sealing_key(&c.omar.account).is_some());
    // The keys make another device on a machine that is let in.
    let again = DeviceCert { device: DeviceId::from_bytes(id("omar is back")), ..c.device_cert(&c.omar) };
    directory.apply(&c.sign_device_cert(&c.omar, &again)).unwrap();
    assert!(!out(&directory, again.device));
    // Later revocations bring nothing back.
    directory.apply(&c.by_admin(&Statement::Revocations(c.revocations(2, vec![c.june.device])))).unwrap();
    assert!(out(&directory, office));
}

#[test]
fn a_machine_is_handed_on_and_every_hand_stays_in_the_log() {
    let c = Clinic::new();
    let mut directory = c.directory();
    let station = c.station.workstation;
    assert_eq!(directory.custody(&station), None);
    // Serials may skip; the root may hand over as well as an admin.
    directory.apply(&c.by_root(&Statement::Custody(handed(&c, 2, Some(c.june.account))))).unwrap();
    directory.apply(&c.by_admin(&Statement::Custody(handed(&c, 7, Some(c.omar.account))))).unwrap();
    assert_eq!(directory.custody(&station), Some(&handed(&c, 7, Some(c.omar.account))));
    assert_eq!(directory.custody(&c.office.workstation), None, "another machine has its own log");
    // A machine that is out is still somewhere, and who left stays in the log.
    let out = Revocations { accounts: vec![(c.omar.account, 1)], workstations: vec![station], ..c.revocations(2, vec![c.june.device]) };
    directory.apply(&c.by_admin(&Statement::Revocations(out))).unwrap();
    directory.apply(&c.by_admin(&Statement::Custody(handed(&c, 8, None)))).unwrap();
    let log: Vec<_> = directory.custody_changes(&station).map(|change| (change.custody.custodian, change.by)).collect();
    let by = Some(c.nadia.account);
    assert_eq!(log, [(Some(c.june.account), None), (Some(c.omar.account), by), (None, by)]);
    let location = &directory.custody(&station).unwrap().location;
    assert_eq!(open_location(&c.directory_key, station, location).as_deref(), Ok("Ward 3"));
    assert!(open_location(&c.directory_key, c.office.workstation, location).is_err(), "it is sealed for one machine");
}

#[test]
fn what_was_reported_stays_and_each_incident_has_what_was_told_while_it_was_open() {
    let c = Clinic::new();
    let mut directory = c.directory();
    let station = c.station.workstation;
    let lock = |serial| Command { action: Action::Lock, ..commands::wipe(&c, serial) };
    let told = |directory: &mut Directory, command: Command| drop(directory.apply(&c.by_admin(&Statement::Command(command))).unwrap());
    told(&mut directory, lock(1));
    directory.apply(&c.by_root(&Statement::Incident(incidents::missed(&c, 1)))).unwrap();
    assert_eq!(directory.open_incident(&station).map(|one| one.by), Some(None));
    told(&mut directory, lock(2));
    directory.apply(&c.by_admin(&Statement::IncidentClosed(incidents::closed(&c, 1, IncidentOutcome::Found)))).unwrap();
    assert!(directory.open_incident(&station).is_none());
    told(&mut directory, lock(3));
    directory.apply(&c.by_admin(&Statement::Incident(incidents::missed(&c, 2)))).unwrap();
    told(&mut directory, commands::wipe(&c, 4));
    // A machine that is out is missed all the same.
    assert!(directory.workstation_revoked(&station) && !directory.wipe_is_receipted(&station));
    let receipt = Statement::Receipt(commands::receipt(&c, &commands::wipe(&c, 4)));
    directory.apply(&sign(&Signer::Workstation(station), &receipt, &c.station.key)).unwrap();
    directory.apply(&c.by_admin(&Statement::IncidentClosed(incidents::closed(&c, 2, IncidentOutcome::Wiped)))).unwrap();

    let register: Vec<_> = directory.incidents().collect();
    let serials = |place: usize| directory.incident_commands(register[place]).map(|one| one.command.serial).collect::<Vec<_>>();
    assert_eq!((serials(0), serials(1)), (vec![2, 4], vec![4]), "a wipe of the machine counts whenever it was told");
    let outcome = |place: usize| register[place].end.as_ref().map(|end| (end.closed.outcome, end.by));
    assert_eq!(outcome(0), Some((IncidentOutcome::Found, Some(c.nadia.account))));
    assert_eq!(outcome(1), Some((IncidentOutcome::Wiped, Some(c.nadia.account))));
    assert_eq!(directory.incidents().next().map(|one| one.by), Some(None), "the root reported the first");
}

#[test]
fn a_machine_that_is_set_up_again_gets_a_new_id_from_a_new_token() {
    let clinic = Clinic::new();
    let mut directory = clinic.directory();
    let again = Machine::new("WS 4 again", "Nurses' station", WorkstationKind::Shared);
    directory.apply(&clinic.by_admin(&Statement::WorkstationToken(clinic.token(&again)))).unwrap();
    assert_eq!(directory.token(&again.token).map(|(_, used)| used), Some(false));
    directory.apply(&clinic.sign_workstation_cert(&again, &clinic.workstation_cert(&again))).unwrap();
    assert_eq!(directory.token(&again.token).map(|(_, used)| used), Some(true));
    assert_eq!(directory.workstations().count(), 3);
}

#[test]
fn a_role_decides_at_once_and_who_has_none_may_nothing() {
    let c = Clinic::new();
    let mut directory = c.directory();
    let classes = [ThreadClass::Clinical, ThreadClass::Scheduling, ThreadClass::Billing, ThreadClass::Staff];
    let of = |directory: &Directory, person: &Person| classes.map(|class| directory.may_be_in(&person.account, class));
    assert_eq!(of(&directory, &c.omar), [true, true, false, true]);
    assert_eq!(of(&directory, &c.june), [false, true, false, true]);
    assert_eq!(of(&directory, &c.nadia), [false; 4], "an admin is in no thread");
    assert!(directory.permits(&c.nadia.account, Permission::People) && !directory.permits(&c.omar.account, Permission::People));
    // Serials may skip; the highest one holds.
    directory.apply(&c.by_admin(&Statement::RoleGrant(c.role(&c.omar, 7, Role::Billing)))).unwrap();
    assert_eq!(of(&directory, &c.omar), [false, false, true, true]);
    let nothing = Person::new("wei", sotto_protocol::key::Suite::X25519, "Wei", "RN");
    assert_eq!(of(&directory, &nothing), [false; 4]);
    assert!(Permission::ALL.into_iter().all(|permission| !directory.permits(&nothing.account, permission)));
    // A role is there before its person: with no keys yet, they are in nothing.
    directory.apply(&c.by_admin(&Statement::RoleGrant(c.role(&nothing, 1, Role::Nurse)))).unwrap();
    assert!(directory.permits(&nothing.account, Permission::Clinical) && !directory.may_be_in(&nothing.account, ThreadClass::Clinical));
    let out = Revocations { accounts: vec![(c.omar.account, 1)], ..c.revocations(2, vec![c.june.device]) };
    directory.apply(&c.by_admin(&Statement::Revocations(out))).unwrap();
    assert_eq!(of(&directory, &c.omar), [false; 4]);
}

#[test]
fn a_token_that_fails_says_so_and_not_that_an_invite_did() {
    let codes = [StatementError::UnknownSigner, StatementError::Expired, StatementError::Duplicate, StatementError::NotPermitted]
        .map(StatementError::token_code);
    assert_eq!(codes, [ErrorCode::TokenUnknown, ErrorCode::TokenExpired, ErrorCode::TokenUsed, ErrorCode::NotPermitted]);
}

#[test]
fn an_account_signature_fits_no_other_use() {
    let clinic = Clinic::new();
    // The bytes of a device certificate, signed as if they were an event and as if they were a request.
    let statement = cbor::encode(&Statement::DeviceCert(clinic.device_cert(&clinic.omar)));
    let directory = clinic.directory();
    for label in [sotto_protocol::verify::EVENT_LABEL, sotto_protocol::verify::KEY_ENTRY_LABEL, sotto_protocol::request::REQUEST_LABEL] {
        let signature = clinic.omar.signing.sign(&[label, &cbor::encode(&clinic.omar.signer()), &statement].concat());
        let signed = Signed { statement: serde_bytes::ByteBuf::from(statement.clone()), signer: clinic.omar.signer(), signature };
        assert_eq!(directory.check(&signed).map(drop), Err(StatementError::BadSignature));
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
    #[test]
    fn whatever_order_a_server_serves_nobody_unsigned_gets_in(order in proptest::collection::vec(0usize..19, 0..38)) {
        let clinic = Clinic::new();
        let statements = clinic.statements();
        let mut directory = Directory::new(clinic.root.verify_key());
        for index in order {
            let _ = directory.apply(&statements[index].1);
        }
        for cert in directory.workstations() {
            let machine = [&clinic.station, &clinic.office].into_iter().find(|m| m.workstation == cert.workstation).unwrap();
            proptest::prop_assert_eq!(cert, &clinic.workstation_cert(machine));
        }
        for device in directory.devices() {
            proptest::prop_assert!(directory.workstation(&device.workstation).is_some());
        }
        for (account, known) in directory.accounts() {
            let person = [&clinic.nadia, &clinic.omar, &clinic.june].into_iter().find(|p| p.account == *account).unwrap();
            let expected: Vec<AccountCert> = vec![clinic.account_cert(person)];
            proptest::prop_assert_eq!(&known.certs, &expected);
            let invite: &Invite = directory.invite(&person.invite).unwrap().0;
            proptest::prop_assert_eq!(invite.invite_key, person.invite_key.verify_key());
        }
    }
}
