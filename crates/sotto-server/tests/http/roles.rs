//! What a role opens and closes at the server: every role, every class, every route that reads or writes, and what changes under way.

use sotto_protocol::ErrorCode;
use sotto_protocol::entry::ThreadClass;
use sotto_protocol::feed::{Frame, Outcome};
use sotto_protocol::role::{Permission, Role};

use super::support::{Clinic, OpenFeed, Person, Thread, code};

const CLASSES: [ThreadClass; 4] = [ThreadClass::Clinical, ThreadClass::Scheduling, ThreadClass::Billing, ThreadClass::Staff];

fn refused(code: ErrorCode, epoch: u64) -> Outcome {
    Outcome::Refused { code, epoch }
}

fn stored(outcomes: &[Outcome]) -> bool {
    outcomes.iter().all(|outcome| matches!(outcome, Outcome::Stored(_)))
}

/// What an account has of the log by each route: its feed, its threads, and a range of one of them.
async fn sees(clinic: &Clinic, person: &Person, thread: Thread) -> [bool; 3] {
    let (feed, _) = person.feed(clinic, 0).await.catch_up().await;
    let mut threads = OpenFeed::new(person.get(clinic, "/v1/threads").await);
    threads.catch_up().await;
    let (outline, _) = threads.catch_up().await;
    let range = person.get(clinic, &format!("/v1/threads/{}/entries", thread.0)).await;
    let range = if range.status() == 200 {
        true
    } else {
        assert_eq!(code(range).await, (403, ErrorCode::NotAMember), "as if the thread were not there");
        false
    };
    [!feed.is_empty(), !outline.is_empty(), range]
}

/// Every role × class × route. Somebody of every role is put into a thread of every class by a person who may be in all of them, writes,
/// begins a thread, and reads; nothing but what the table says is allowed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_role_has_of_every_class_what_the_table_says() {
    let clinic = Clinic::found().await;
    let host = clinic.first_person().await;
    let mut cells = 0;
    for role in Role::ALL {
        for class in CLASSES {
            let opens = role.permissions().contains(&Permission::of(class));
            // A physician who is made to be of every class in turn: a custom role with that one.
            clinic.open(&host, class).await;
            let person = clinic.person_as(&host, role).await;
            let thread = Thread::make();
            assert!(stored(&host.append(&clinic, &[thread.key_of(class, &host, 1, &[&host])]).await), "the host's thread");
            let with = host.append(&clinic, &[thread.key_of(class, &host, 2, &[&host, &person]), thread.event(&host, 2)]).await;
            assert_eq!(stored(&with), opens, "{role:?} is put into a {class:?} thread: {with:?}");
            if !opens {
                assert_eq!(with[0], refused(ErrorCode::MemberNotPermitted, 1));
            }
            let began = person.append(&clinic, &[Thread::make().key_of(class, &person, 1, &[&person])]).await;
            assert_eq!(stored(&began), opens, "{role:?} begins a {class:?} thread");
            if opens {
                assert!(stored(&person.append(&clinic, &[thread.event(&person, 2)]).await));
            }
            assert_eq!(sees(&clinic, &person, thread).await, [opens; 3], "{role:?} reads a {class:?} thread");
            cells += 3;
        }
        let person = clinic.person_as(&host, role).await;
        let lists = person.get(&clinic, "/v1/workstations").await.status() == 200;
        let may = [Permission::Workstations, Permission::Review].iter().any(|one| role.permissions().contains(one));
        assert_eq!(lists, may, "{role:?} lists the machines");
        let sign_ins = format!("/v1/sign-ins?account={}", host.account);
        let others = person.get(&clinic, &sign_ins).await.status() == 200;
        let may = [Permission::People, Permission::Review].iter().any(|one| role.permissions().contains(one));
        assert_eq!(others, may, "{role:?} lists somebody else's sign-ins");
        let own = person.get(&clinic, &format!("/v1/sign-ins?account={}", person.account)).await.status() == 200;
        assert!(own && person.get(&clinic, "/v1/sign-ins").await.status() == 200, "{role:?} lists their own");
        cells += 3;
    }
    assert_eq!(cells, 7 * (4 * 3 + 3));
}

#[tokio::test]
async fn who_has_no_role_may_nothing() {
    let clinic = Clinic::found().await;
    let ana = clinic.first_person().await;
    let (invite, signed, key) = clinic.invite(sotto_protocol::AccountId::from_bytes([9; 16]), 1);
    ana.post_statement(&clinic, &signed).await.unwrap();
    let nobody = Person::enrol(&clinic, &invite, &key).await.unwrap();
    for class in CLASSES {
        let began = nobody.append(&clinic, &[Thread::make().key_of(class, &nobody, 1, &[&nobody])]).await;
        assert_eq!(began, [refused(ErrorCode::NotPermitted, 0)], "{class:?}");
    }
    assert_eq!(code(nobody.get(&clinic, "/v1/workstations").await).await, (403, ErrorCode::NotPermitted));
    let sign_ins = format!("/v1/sign-ins?account={}", ana.account);
    assert_eq!(code(nobody.get(&clinic, &sign_ins).await).await, (403, ErrorCode::NotPermitted));
}

#[tokio::test]
async fn a_narrowed_account_gets_nothing_more_also_on_a_feed_that_is_open() {
    let clinic = Clinic::found().await;
    let [ana, ben] = clinic.people().await;
    let (ward, staff) = (Thread::make(), Thread::make());
    let both = [&ana, &ben];
    let begun = [ward.key(&ana, 1, &both), staff.key_of(ThreadClass::Staff, &ana, 1, &both), ward.event(&ana, 1)];
    assert!(stored(&ana.append(&clinic, &begun).await));
    let mut feed = ben.feed(&clinic, 0).await;
    assert_eq!(feed.catch_up().await.0.len(), 3);

    clinic.set_role(&ana, ben.account, 2, Role::FrontDesk).await.unwrap();
    let wrote = ana.append(&clinic, &[ward.event(&ana, 1), staff.event(&ana, 1)]).await;
    let Outcome::Stored(last) = wrote[1] else { panic!("{wrote:?}") };
    // It looks again from where it was, says so, and goes on with what is left.
    let seen = feed.entry().await;
    assert_eq!(seen.stamp.position, last.position, "the desk's feed goes on with the staff's thread");
    assert_eq!(ben.append(&clinic, &[ward.event(&ben, 1)]).await, [refused(ErrorCode::NotPermitted, 0)]);
    let key = ana.append(&clinic, &[ward.key(&ana, 2, &both)]).await;
    assert_eq!(key, [refused(ErrorCode::MemberNotPermitted, 1)], "nor is he sealed to");
    assert!(stored(&ana.append(&clinic, &[ward.key(&ana, 2, &[&ana])]).await));
    assert_eq!(sees(&clinic, &ben, ward).await, [true, true, false], "the staff's thread, and of the ward nothing");
    let (all, _) = ben.feed(&clinic, 0).await.catch_up().await;
    assert_eq!(all.len(), 2, "nor what he could read before");

    // Another role under an older serial is not taken, and a new one opens what it opens.
    assert_eq!(clinic.set_role(&ana, ben.account, 1, Role::Nurse).await.map(drop), Err(ErrorCode::Conflict));
    clinic.set_role(&ana, ben.account, 3, Role::Nurse).await.unwrap();
    assert!(stored(&ana.append(&clinic, &[ward.key(&ana, 3, &both)]).await));
    loop {
        match feed.next().await {
            Some(Frame::Entry { stamp, .. }) if stamp.position > last.position => break,
            Some(_) => {}
            None => panic!("the feed ended"),
        }
    }
}

#[tokio::test]
async fn an_admin_who_is_a_nurse_now_signs_nothing_more() {
    let clinic = Clinic::found().await;
    let ana = clinic.first_person().await;
    let own = clinic.set_role(&ana, clinic.office, 2, Role::Nurse).await;
    assert_eq!(own.map(drop), Err(ErrorCode::NotPermitted), "nobody sets their own role");
    clinic.set_role_by_root(&ana, clinic.office, 2, Role::Nurse).await.unwrap();
    let (_, signed, _) = clinic.invite(sotto_protocol::AccountId::from_bytes([9; 16]), 1);
    assert_eq!(ana.post_statement(&clinic, &signed).await, Err(ErrorCode::NotPermitted));
    assert_eq!(ana.revoke(&clinic, 1, vec![], vec![ana.device]).await, Err(ErrorCode::NotPermitted));
    assert_eq!(clinic.set_role(&ana, ana.account, 2, Role::Nurse).await.map(drop), Err(ErrorCode::NotPermitted));
}
