//! A PIN opens a vault on one machine, a few guesses at a time; afterwards password and second factor are due, and nothing is lost.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod support;

use std::time::Duration;

use sotto_client::view::{CreateThreadRequest, DraftView, ErrorCode, Password, Priority, ThreadClass, TileView};
use sotto_client::{Session, Workstation};
use sotto_protocol::AccountId;
use support::{Clinic, password};

const PIN: &str = "271828";

fn typed(text: &str) -> Password {
    Password::new(text.into())
}

fn tile(workstation: &Workstation, account: AccountId) -> TileView {
    workstation.view().people.into_iter().find(|tile| tile.account == account).unwrap()
}

/// Locks what opened; gives why it did not.
async fn ended(opened: sotto_client::Result<Session>) -> Option<ErrorCode> {
    match opened {
        Ok(session) => {
            session.lock().await.unwrap();
            None
        }
        Err(error) => Some(error.code),
    }
}

/// A clinic, a machine and the nurse who has a vault there.
async fn start() -> (Clinic, Workstation, AccountId) {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let account = clinic.enrol_at(&ida, &office, "Nora Nurse").await;
    ida.lock().await.unwrap();
    (clinic, office, account)
}

#[tokio::test(flavor = "multi_thread")]
async fn five_wrong_pins_then_password_and_code_and_the_draft_is_there() {
    let (clinic, office, account) = start().await;
    let nora = office.sign_in(account, &password()).await.unwrap();
    let request =
        CreateThreadRequest { class: ThreadClass::Staff, members: vec![], title: Some("Mine".into()), patient: None, reason: None };
    let thread = nora.create_thread(request).await.unwrap().row.thread;
    let draft = DraftView { text: "half a sentence".into(), priority: Priority::Concern };
    nora.save_draft(thread, Some(draft.clone())).await.unwrap();
    let wrong = typed("not the password at all");
    assert_eq!(nora.set_pin(&wrong, &typed(PIN)).await.unwrap_err().code, ErrorCode::WrongPassword);
    assert_eq!(nora.set_pin(&password(), &typed("123456")).await.unwrap_err().code, ErrorCode::PinCounts);
    assert_eq!(tile(&office, account).pin_tries_left, None);
    nora.set_pin(&password(), &typed(PIN)).await.unwrap();
    assert_eq!(tile(&office, account).pin_tries_left, Some(5));
    nora.lock().await.unwrap();

    assert_eq!(ended(office.sign_in_pin(account, &typed("12345")).await).await, Some(ErrorCode::PinMalformed), "and not counted");
    assert_eq!(ended(office.sign_in_pin(account, &typed(PIN)).await).await, None);
    for left in [4, 3] {
        assert_eq!(ended(office.sign_in_pin(account, &typed("999999")).await).await, Some(ErrorCode::WrongPin));
        assert_eq!(tile(&office, account).pin_tries_left, Some(left));
    }
    // The right password makes them whole, the right PIN as well.
    assert_eq!(ended(office.sign_in(account, &password()).await).await, None);
    assert_eq!(tile(&office, account).pin_tries_left, Some(5));
    for _ in 0..4 {
        assert_eq!(ended(office.sign_in_pin(account, &typed("999999")).await).await, Some(ErrorCode::WrongPin));
    }
    assert_eq!(ended(office.sign_in_pin(account, &typed("999999")).await).await, Some(ErrorCode::SecondFactorNeeded));
    let after = tile(&office, account);
    assert_eq!((after.pin_tries_left, after.second_factor_needed, after.has_vault), (None, true, true));

    for _ in 0..11 {
        assert_eq!(ended(office.sign_in(account, &wrong).await).await, Some(ErrorCode::SecondFactorNeeded), "the password is not tried");
    }
    assert_eq!(ended(office.sign_in(account, &password()).await).await, Some(ErrorCode::SecondFactorNeeded));
    assert_eq!(ended(office.sign_in_pin(account, &typed(PIN)).await).await, Some(ErrorCode::SecondFactorNeeded));
    let bad = office.sign_in_new("nora.nurse", &password(), "000000").await;
    assert_eq!(ended(bad).await, Some(ErrorCode::WrongCode));
    assert_eq!(ended(office.sign_in(account, &password()).await).await, Some(ErrorCode::SecondFactorNeeded));

    let nora = office.sign_in_new("nora.nurse", &password(), &clinic.code(account)).await.unwrap();
    assert_eq!(nora.draft(thread).await.unwrap(), Some(draft));
    assert!(!tile(&office, account).second_factor_needed);
    nora.lock().await.unwrap();
    assert_eq!(ended(office.sign_in_pin(account, &typed(PIN)).await).await, Some(ErrorCode::PinMissing));
    assert_eq!(ended(office.sign_in(account, &password()).await).await, None);
    clinic.running.shutdown().await;
}

/// Whoever can write on the disk, and had a copy of it, puts the PIN's file back.
#[tokio::test(flavor = "multi_thread")]
async fn a_pin_that_is_gone_stays_gone_also_where_its_file_is_put_back() {
    let (clinic, office, account) = start().await;
    let file = clinic.home("office").join("accounts").join(account.to_string()).join("pin.key");
    let nora = office.sign_in(account, &password()).await.unwrap();
    nora.set_pin(&password(), &typed(PIN)).await.unwrap();
    let copy = std::fs::read(&file).unwrap();
    nora.remove_pin().await.unwrap();
    assert!(!file.exists());
    std::fs::write(&file, &copy).unwrap();
    assert_eq!(ended(office.sign_in_pin(account, &typed(PIN)).await).await, Some(ErrorCode::KeyringMissing));
    nora.set_pin(&password(), &typed("314159")).await.unwrap();
    std::fs::write(&file, &copy).unwrap();
    assert_eq!(ended(office.sign_in_pin(account, &typed(PIN)).await).await, Some(ErrorCode::WrongPin));

    // A password's file in its place, and the other way round, open nothing either.
    nora.set_pin(&password(), &typed(PIN)).await.unwrap();
    let of_password = file.with_file_name("vault.key");
    let (pin_key, vault_key) = (std::fs::read(&file).unwrap(), std::fs::read(&of_password).unwrap());
    std::fs::write(&of_password, &pin_key).unwrap();
    std::fs::write(&file, &vault_key).unwrap();
    assert_eq!(ended(office.sign_in_pin(account, &typed(PIN)).await).await, Some(ErrorCode::WrongPin));
    assert_eq!(ended(office.sign_in(account, &typed(PIN)).await).await, Some(ErrorCode::WrongPassword));
    std::fs::write(&of_password, &vault_key).unwrap();
    std::fs::write(&file, &pin_key).unwrap();
    nora.lock().await.unwrap();
    assert_eq!(ended(office.sign_in_pin(account, &typed(PIN)).await).await, None);
    clinic.running.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_takes_the_pin_with_it_and_ten_wrong_ones_too() {
    let (clinic, office, account) = start().await;
    let nora = office.sign_in(account, &password()).await.unwrap();
    nora.set_pin(&password(), &typed(PIN)).await.unwrap();
    let new = typed("another long night on ward four");
    assert_eq!(nora.change_password(&password(), &new, "000000").await.unwrap_err().code, ErrorCode::WrongCode);
    assert_eq!(tile(&office, account).pin_tries_left, Some(5), "nothing changed");
    nora.change_password(&password(), &new, &clinic.code(account)).await.unwrap();
    assert_eq!(tile(&office, account).pin_tries_left, None);
    nora.set_pin(&new, &typed(PIN)).await.unwrap();
    nora.lock().await.unwrap();
    let mut last = None;
    for _ in 0..10 {
        clinic.clock.pass(Duration::from_secs(900));
        last = ended(office.sign_in(account, &password()).await).await;
    }
    assert_eq!(last, Some(ErrorCode::VaultDestroyed));
    let after = tile(&office, account);
    assert_eq!((after.has_vault, after.pin_tries_left, after.second_factor_needed), (false, None, false));
    assert_eq!(ended(office.sign_in_pin(account, &typed(PIN)).await).await, Some(ErrorCode::PinMissing));
    clinic.running.shutdown().await;
}
