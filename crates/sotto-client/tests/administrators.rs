//! A second administrator: with a key of their own that the root grants, from the founder's vault or from printed sheets, and who goes on
//! when the first one is out.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod support;

use sotto_client::view::{AdminStanding, ErrorCode, Password, PersonState, Role, RoleChoice, SecretText};
use sotto_client::{Session, Workstation};
use sotto_protocol::AccountId;
use sotto_protocol::role::Permission;
use support::{Clinic, password, until};

fn code_of<T>(result: sotto_client::Result<T>) -> Option<ErrorCode> {
    result.err().map(|error| error.code)
}

/// Somebody whose role administers, signed in.
async fn helper(clinic: &Clinic, ida: &Session, name: &str) -> (Workstation, AccountId, Session) {
    let place = clinic.let_in(ida, name).await;
    let account = clinic.enrol_at(ida, &place, name).await;
    ida.set_role(account, Role::ItAdmin.into()).await.unwrap();
    let session = place.sign_in(account, &password()).await.unwrap();
    reaches(&session, AdminStanding::MayAsk).await;
    (place, account, session)
}

async fn reaches(session: &Session, standing: AdminStanding) {
    until(session, async || (session.permissions().await.unwrap().admin == standing).then_some(())).await;
}

fn texts(sheets: &[String]) -> Vec<SecretText> {
    sheets.iter().map(|sheet| SecretText::new(sheet.clone())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_administrator_goes_on_without_the_first() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let (_, nora) = clinic.enrol(&ida, "Nora Nurse").await;
    let (place, vera, helper) = helper(&clinic, &ida, "Vera Second").await;
    assert_eq!(code_of(clinic_invite(&helper).await), Some(ErrorCode::NotPermitted), "a role alone signs nothing");
    assert_eq!(code_of(ida.grant_admin(vera, &[]).await), Some(ErrorCode::NotFound), "nobody asked");
    assert_eq!(code_of(ida.ask_admin(&password(), &clinic.code(admin)).await), Some(ErrorCode::Conflict));
    let wrong = Password::new("another password".into());
    assert_eq!(code_of(helper.ask_admin(&wrong, &clinic.code(vera)).await), Some(ErrorCode::WrongPassword));
    assert_eq!(code_of(helper.ask_admin(&password(), "000000").await), Some(ErrorCode::WrongCode));
    let codes = helper.ask_admin(&password(), &clinic.code(vera)).await.unwrap();
    assert_eq!(codes.codes.len(), 10);
    assert_eq!(helper.permissions().await.unwrap().admin, AdminStanding::Asked);

    let asks = async || {
        let people = ida.people().await.unwrap();
        people.into_iter().find(|one| one.account == vera && one.admin == AdminStanding::Asked)
    };
    until(&ida, asks).await;
    assert_eq!(code_of(helper.grant_admin(vera, &[]).await), Some(ErrorCode::NotPermitted), "nobody grants themselves");
    ida.grant_admin(vera, &[]).await.unwrap();
    reaches(&helper, AdminStanding::Granted).await;
    assert_eq!(code_of(ida.grant_admin(vera, &[]).await), Some(ErrorCode::NotFound), "no request is granted twice");

    // The key came along with the person's sealed keys.
    let elsewhere = clinic.let_in(&ida, "elsewhere").await;
    let roamed = elsewhere.sign_in_new("vera.second", &password(), &clinic.code(vera)).await.unwrap();
    reaches(&roamed, AdminStanding::Granted).await;
    roamed.lock().await.unwrap();

    helper.revoke_person(admin).await.unwrap();
    until(&ida, async || ida.shut_out()).await;
    ida.lock().await.unwrap();
    let (invite, _) = clinic.invite(&helper, "Nils Night").await;
    let begun = place.begin_enrol(&invite, &password()).await.unwrap();
    clinic.confirm(&place, begun.account, &begun.totp).await;
    helper.revoke_person(nora).await.unwrap();
    let state = |people: Vec<sotto_client::view::PersonView>, account| people.into_iter().find(|one| one.account == account).unwrap().state;
    assert_eq!(state(helper.people().await.unwrap(), nora), PersonState::Revoked);
    assert_eq!(state(helper.people().await.unwrap(), begun.account), PersonState::Active);
    helper.lock().await.unwrap();
    clinic.running.shutdown().await;
}

async fn clinic_invite(session: &Session) -> sotto_client::Result<()> {
    let (name, title, login, permissions) = ("Guest".into(), String::new(), "guest.one".into(), Vec::new());
    let request = sotto_client::view::InviteRequest { name, title, login, role: Role::Nurse, permissions, days: 1 };
    session.invite(request).await.map(drop)
}

#[tokio::test(flavor = "multi_thread")]
async fn sheets_make_an_administrator_where_the_founder_is_gone() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let (place, vera, helper) = helper(&clinic, &ida, "Vera Second").await;
    let machines = RoleChoice { role: Role::Custom, permissions: vec![Permission::Workstations] };
    let (_, mara) = clinic.enrol(&ida, "Mara Machines").await;
    ida.set_role(mara, machines).await.unwrap();
    ida.lock().await.unwrap();

    let sheets = clinic.sheets.lock().unwrap().clone();
    assert_eq!(sheets.len(), 3);
    helper.ask_admin(&password(), &clinic.code(vera)).await.unwrap();
    let refused = async |texts: &[SecretText]| code_of(helper.grant_admin(vera, texts).await);
    assert_eq!(refused(&texts(&sheets[..1])).await, Some(ErrorCode::SheetsTooFew));
    assert_eq!(refused(&texts(&[sheets[1].clone(), sheets[1].clone()])).await, Some(ErrorCode::SheetRepeated));
    let slip = sheets[2].replacen(" 7  ", " 7  Z", 1);
    assert_eq!(refused(&texts(&[sheets[0].clone(), slip.clone()])).await, Some(ErrorCode::SheetMalformed));
    let read = place.check_root_sheets(&texts(&[sheets[0].clone(), slip])).unwrap();
    assert_eq!((read.problem, read.sheets[0].index, read.sheets[1].line), (Some(ErrorCode::SheetMalformed), Some(1), Some(7)));
    let other = Clinic::start().await;
    let (theirs, _) = other.found().await;
    let foreign = texts(&other.sheets.lock().unwrap()[..2]);
    assert_eq!(refused(&foreign).await, Some(ErrorCode::SheetForeign));
    assert_eq!(theirs.check_root_sheets(&texts(&sheets[..2])).unwrap().problem, Some(ErrorCode::SheetForeign));
    assert_eq!(place.check_root_sheets(&texts(&sheets[1..])).unwrap().problem, None, "any two of three");
    assert_eq!(code_of(helper.grant_admin(mara, &texts(&sheets[1..])).await), Some(ErrorCode::NotFound), "nobody asked");

    // The root decides: also for whoever holds the sheets.
    helper.grant_admin(vera, &texts(&sheets[1..])).await.unwrap();
    reaches(&helper, AdminStanding::Granted).await;
    helper.revoke_person(mara).await.unwrap();
    helper.lock().await.unwrap();
    for clinic in [clinic, other] {
        clinic.running.shutdown().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_grant_ends_with_the_role_and_counts_again_with_it() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let (_, vera, helper) = helper(&clinic, &ida, "Vera Second").await;
    let nurse = clinic.enrol(&ida, "Nora Nurse").await;
    let nora = nurse.0.sign_in(nurse.1, &password()).await.unwrap();
    assert_eq!(code_of(nora.ask_admin(&password(), &clinic.code(nurse.1)).await), Some(ErrorCode::NotPermitted));
    let sheets = texts(&clinic.sheets.lock().unwrap());
    assert_eq!(code_of(nora.grant_admin(vera, &sheets).await), Some(ErrorCode::NotPermitted));
    helper.ask_admin(&password(), &clinic.code(vera)).await.unwrap();
    ida.set_role(vera, Role::Nurse.into()).await.unwrap();
    assert_eq!(code_of(ida.grant_admin(vera, &[]).await), Some(ErrorCode::NotFound), "whose role no longer administers");
    ida.set_role(vera, RoleChoice { role: Role::Custom, permissions: vec![Permission::People] }).await.unwrap();
    ida.grant_admin(vera, &[]).await.unwrap();
    reaches(&helper, AdminStanding::Granted).await;
    let rights = helper.permissions().await.unwrap();
    assert_eq!((rights.people, rights.workstations), (true, false));
    ida.set_role(vera, Role::Nurse.into()).await.unwrap();
    reaches(&helper, AdminStanding::None).await;
    assert_eq!(code_of(clinic_invite(&helper).await), Some(ErrorCode::NotPermitted));
    // More than was granted has to be asked for.
    ida.set_role(vera, Role::ItAdmin.into()).await.unwrap();
    reaches(&helper, AdminStanding::MayAsk).await;
    assert!(helper.permissions().await.unwrap().people, "what was granted counts meanwhile");
    for session in [helper, nora, ida] {
        session.lock().await.unwrap();
    }
    clinic.running.shutdown().await;
}
