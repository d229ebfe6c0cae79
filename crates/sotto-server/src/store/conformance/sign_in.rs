//! What every backend must do for logins: whatever is decided, is decided once, whichever handle of the store is asked.

use sotto_protocol::api::{Base64, RecoveryBox, SignIn};
use sotto_protocol::limits::SIGN_INS;
use sotto_protocol::{AccountId, AttemptId, LoginHandle, RecoveryId, WorkstationId};

use super::super::sign_in::{
    ATTEMPT_MS, Begun, Completed, NewAttempt, Pending, REGISTRATION_MS, Registered, Registration, Secret, TakenAttempt, Totp,
};
use super::super::throttle::Wait;
use super::super::{DirectoryChange, Store};
use super::build::{account, root};

/// A time to begin at.
const NOW: u64 = 1_795_000_000_000;

pub fn handle(n: u8) -> LoginHandle {
    LoginHandle::from_bytes([n; 16])
}

pub fn machine(n: u8) -> WorkstationId {
    WorkstationId::from_bytes([n; 16])
}

pub fn secret(n: u8) -> Secret {
    vec![n; 20].into()
}

pub fn attempt(n: u8) -> NewAttempt {
    NewAttempt { attempt: AttemptId::from_bytes([n; 16]), state: vec![n; 192].into() }
}

/// All of `who`'s login `at`, which differs by its version.
pub fn registration(who: u8, at: u8, bundle_version: u8, totp_secret: Secret, totp_step: u64) -> Registration {
    let id = |n| RecoveryId::from_bytes([who ^ (n << 4) ^ bundle_version; 16]);
    Registration {
        account: account(who),
        handle: handle(at),
        record: vec![bundle_version; 192].into(),
        bundle: vec![who, bundle_version],
        bundle_version: bundle_version.into(),
        totp: Totp { secret: totp_secret, step: totp_step },
        recovery: (0..3).map(|n| RecoveryBox { id: id(n), sealed: Base64(vec![who, bundle_version, n]) }).collect(),
    }
}

pub fn completed(who: u8, at: u8, totp_step: u64, recovery: bool) -> Completed {
    let sign_in = SignIn { at: NOW + totp_step, workstation: machine(1), recovery };
    Completed { account: account(who), handle: handle(at), totp_step, sign_in }
}

async fn begin<S: Store>(store: &S, now: u64, who: u8, at: u8, fresh: Secret) -> Begun {
    store.begin_registration(now, account(who), handle(at), fresh).await.unwrap()
}

async fn register<S: Store>(store: &S, who: u8, at: u8) {
    begin(store, NOW, who, at, secret(who)).await;
    let registered = store.finish_registration(NOW, registration(who, at, 1, secret(who), 10)).await;
    assert_eq!(registered, Ok(Registered::Done));
}

pub async fn the_setup_is_made_once<S: Store>(store: &S) {
    assert_eq!(store.keep_setup(secret(1)).await, Ok(secret(1)));
    assert_eq!(store.clone().keep_setup(secret(2)).await, Ok(secret(1)));
}

pub async fn a_registration_is_pending_for_its_time<S: Store>(store: &S) {
    let pending = |totp_secret| Begun::Pending { totp_secret: Some(totp_secret), bundle_version: 0 };
    assert_eq!(begin(store, NOW, 1, 7, secret(1)).await, pending(secret(1)));
    assert_eq!(begin(store, NOW + 5, 1, 8, secret(2)).await, pending(secret(1)), "the same secret, the new login");
    let expected = Pending { account: account(1), handle: handle(8), totp_secret: secret(1), last_step: None };
    assert_eq!(store.load_pending(NOW + 5 + REGISTRATION_MS, account(1)).await, Ok(Some(expected)));
    let late = NOW + 6 + REGISTRATION_MS;
    assert_eq!(store.load_pending(late, account(1)).await, Ok(None));
    let registered = store.finish_registration(late, registration(1, 8, 1, secret(1), 10)).await;
    assert_eq!(registered, Ok(Registered::NotPending));
    store.sweep_sign_ins(late).await.unwrap();
    assert_eq!(begin(store, late, 1, 8, secret(3)).await, pending(secret(3)));
}

pub async fn a_registration_replaces_all_or_nothing<S: Store>(store: &S) {
    register(store, 1, 7).await;
    let again = registration(1, 7, 1, secret(1), 10);
    assert_eq!(store.finish_registration(NOW, again.clone()).await, Ok(Registered::Done), "a repeat");
    assert_eq!(store.is_registered(account(1), handle(7), again.record.clone(), 1).await, Ok(true));
    assert_eq!(store.is_registered(account(1), handle(7), again.record, 2).await, Ok(false));
    assert_eq!(begin(store, NOW, 2, 7, secret(2)).await, Begun::LoginTaken);
    assert_eq!(begin(store, NOW, 1, 8, secret(9)).await, Begun::Pending { totp_secret: None, bundle_version: 1 });
    for (new, expected) in [
        (registration(1, 8, 1, secret(1), 11), Registered::Conflict),
        (registration(1, 8, 2, secret(1), 10), Registered::CodeUsed),
        (registration(1, 8, 2, secret(9), 11), Registered::NotPending),
        (registration(1, 9, 2, secret(1), 11), Registered::NotPending),
    ] {
        assert_eq!(store.finish_registration(NOW, new).await, Ok(expected));
    }
    let old = registration(1, 7, 1, secret(1), 10).recovery[0].id;
    assert!(store.load_recovery(handle(7), old).await.unwrap().is_some(), "nothing happened yet");
    store.count_attempt(NOW, handle(7), machine(1), Some(attempt(1))).await.unwrap().unwrap();
    let new = registration(1, 8, 2, secret(1), 11);
    assert_eq!(store.finish_registration(NOW, new.clone()).await, Ok(Registered::Done));
    assert_eq!(store.take_attempt(NOW, attempt(1).attempt, machine(1)).await, Ok(None), "begun with the old password");
    assert_eq!(store.load_credential(handle(7)).await, Ok(None));
    assert_eq!(store.load_recovery(handle(8), old).await, Ok(None));
    let credential = store.load_credential(handle(8)).await.unwrap().unwrap();
    assert_eq!((credential.account, credential.sealed, credential.totp), (account(1), vec![1, 2], Totp { secret: secret(1), step: 11 }));
    let by_code = store.load_recovery(handle(8), new.recovery[2].id).await.unwrap().unwrap();
    assert_eq!((by_code.sealed, by_code.bundle_version), (vec![1, 2, 2], 2));
    assert_eq!(begin(store, NOW, 2, 7, secret(2)).await, Begun::Pending { totp_secret: Some(secret(2)), bundle_version: 0 }, "free again");
}

pub async fn of_two_who_want_a_login_one_has_it<S: Store>(store: &S) {
    for who in 1..=8 {
        begin(store, NOW, who, 7, secret(who)).await;
    }
    let rivals = (1..=8u8).map(|who| {
        let store = store.clone();
        tokio::spawn(async move { store.finish_registration(NOW, registration(who, 7, 1, secret(who), 10)).await.unwrap() })
    });
    let mut ends = Vec::new();
    for rival in rivals {
        ends.push(rival.await.unwrap());
    }
    assert_eq!(ends.iter().filter(|end| **end == Registered::Done).count(), 1);
    assert_eq!(ends.iter().filter(|end| **end == Registered::LoginTaken).count(), 7);
}

pub async fn attempts_are_counted_and_taken_once<S: Store>(store: &S) {
    let count = async |now, at: u8, from: u8, new| store.count_attempt(now, handle(at), machine(from), new).await.unwrap();
    for n in 0..3 {
        assert_eq!(count(NOW, 1, 1, Some(attempt(n))).await, Ok(()));
    }
    assert_eq!(count(NOW, 1, 2, Some(attempt(9))).await, Err(Wait(5_000)), "from another machine as well");
    assert_eq!(store.load_login(NOW, handle(1), machine(2)).await, Ok(Err(Wait(5_000))));
    assert_eq!(store.take_attempt(NOW, attempt(9).attempt, machine(2)).await, Ok(None), "what waits is not kept");
    assert_eq!(store.take_attempt(NOW, attempt(0).attempt, machine(2)).await, Ok(None));
    let taken = TakenAttempt { handle: handle(1), state: attempt(0).state };
    let takers = (0..8).map(|_| {
        let store = store.clone();
        tokio::spawn(async move { store.take_attempt(NOW + ATTEMPT_MS, attempt(0).attempt, machine(1)).await.unwrap() })
    });
    let mut got = Vec::new();
    for taker in takers {
        got.extend(taker.await.unwrap());
    }
    assert_eq!(got, [taken], "one of eight");
    assert_eq!(store.take_attempt(NOW + ATTEMPT_MS + 1, attempt(1).attempt, machine(1)).await, Ok(None), "too late");
    store.sweep_sign_ins(NOW + ATTEMPT_MS + 1).await.unwrap();
    assert_eq!(store.take_attempt(NOW, attempt(2).attempt, machine(1)).await, Ok(None), "swept");
    assert_eq!(count(NOW + 4_999, 1, 1, None).await, Err(Wait(1)), "and its count was not");
    for n in 3..30 {
        assert_eq!(count(NOW, 100 + n, 1, None).await, Ok(()));
    }
    assert_eq!(count(NOW, 200, 1, None).await, Err(Wait(900_000)));
    assert_eq!(count(NOW, 200, 2, None).await, Ok(()));
}

pub async fn a_code_is_used_once<S: Store>(store: &S) {
    register(store, 1, 7).await;
    for _ in 0..3 {
        store.count_attempt(NOW, handle(7), machine(1), None).await.unwrap().unwrap();
    }
    assert_eq!(store.complete_sign_in(completed(1, 7, 10, false)).await, Ok(false), "it set the login up");
    assert_eq!(store.load_login(NOW, handle(7), machine(1)).await, Ok(Err(Wait(5_000))), "and nothing was cleared");
    let users = (0..8).map(|_| {
        let store = store.clone();
        tokio::spawn(async move { store.complete_sign_in(completed(1, 7, 12, false)).await.unwrap() })
    });
    let mut used = 0;
    for user in users {
        used += u32::from(user.await.unwrap());
    }
    assert_eq!(used, 1);
    assert!(store.load_login(NOW, handle(7), machine(1)).await.unwrap().unwrap().is_some());
    for (step, at, expected) in [(11, 7, false), (13, 8, false), (13, 7, true)] {
        assert_eq!(store.complete_sign_in(completed(1, at, step, false)).await, Ok(expected));
    }
    let list = store.load_sign_ins(account(1)).await.unwrap();
    assert_eq!(list.iter().map(|one| one.at - NOW).collect::<Vec<_>>(), [13, 12]);
    for step in 14..14 + SIGN_INS as u64 {
        store.complete_sign_in(completed(1, 7, step, false)).await.unwrap();
    }
    let list = store.load_sign_ins(account(1)).await.unwrap();
    assert_eq!((list.len(), list[0].at, list[SIGN_INS - 1].at), (SIGN_INS, NOW + 113, NOW + 14), "the newest");
    assert!(store.load_sign_ins(account(2)).await.unwrap().is_empty());
}

pub async fn the_code_that_begins_a_recovery_may_end_it<S: Store>(store: &S) {
    register(store, 1, 7).await;
    assert_eq!(store.complete_sign_in(completed(1, 7, 12, true)).await, Ok(true));
    begin(store, NOW, 1, 7, secret(9)).await;
    let pending = store.load_pending(NOW, account(1)).await.unwrap().unwrap();
    assert_eq!((pending.totp_secret, pending.last_step), (secret(1), Some(11)));
    assert_eq!(store.complete_sign_in(completed(1, 7, 12, true)).await, Ok(false), "but begins no other");
    assert_eq!(store.finish_registration(NOW, registration(1, 7, 2, secret(1), 12)).await, Ok(Registered::Done));
    begin(store, NOW, 1, 7, secret(9)).await;
    assert_eq!(store.finish_registration(NOW, registration(1, 7, 3, secret(1), 12)).await, Ok(Registered::CodeUsed));
    assert_eq!(store.complete_sign_in(completed(1, 7, 13, true)).await, Ok(true));
    assert_eq!(store.complete_sign_in(completed(1, 7, 14, false)).await, Ok(true));
    assert_eq!(store.finish_registration(NOW, registration(1, 7, 3, secret(1), 14)).await, Ok(Registered::CodeUsed));
}

pub async fn a_closed_account_has_no_login<S: Store>(store: &S) {
    store.store_org(root(), vec![vec![1]]).await.unwrap();
    register(store, 1, 7).await;
    register(store, 2, 8).await;
    store.complete_sign_in(completed(1, 7, 12, false)).await.unwrap();
    store.count_attempt(NOW, handle(7), machine(1), Some(attempt(1))).await.unwrap().unwrap();
    begin(store, NOW, 1, 7, secret(9)).await;
    let id = registration(1, 7, 1, secret(1), 10).recovery[0].id;
    let closed = vec![account(1), AccountId::from_bytes([99; 16])];
    store.store_change(DirectoryChange { expected: 1, closed, ..DirectoryChange::default() }).await.unwrap();
    assert_eq!(store.load_credential(handle(7)).await, Ok(None));
    assert_eq!(store.load_recovery(handle(7), id).await, Ok(None));
    assert_eq!(store.load_pending(NOW, account(1)).await, Ok(None));
    assert_eq!(store.take_attempt(NOW, attempt(1).attempt, machine(1)).await, Ok(None));
    assert_eq!(store.load_sign_ins(account(1)).await.unwrap().len(), 1, "where it was stays known");
    let Begun::Pending { totp_secret, bundle_version: 0 } = begin(store, NOW, 1, 7, secret(9)).await else { panic!("it is taken") };
    assert_eq!(totp_secret, Some(secret(9)), "nor does its second factor come back");
    assert!(store.load_credential(handle(8)).await.unwrap().is_some(), "and others stay");
}

pub async fn the_last_time_seen_never_goes_back<S: Store>(store: &S) {
    store.store_seen(vec![(machine(1), 5), (machine(2), 7)]).await.unwrap();
    store.store_seen(vec![(machine(1), 4), (machine(2), 9)]).await.unwrap();
    let mut seen = store.load_seen().await.unwrap();
    seen.sort_unstable();
    assert_eq!(seen, [(machine(1), 5), (machine(2), 9)]);
}
