//! Whether an enrolment or a founding that was interrupted at any of its steps can be repeated, and ends in an account that works.
//!
//! Nothing is undone when a step fails, so a step that fails leaves what a crash at it leaves.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod support;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use sotto_client::view::{CreateThreadRequest, ErrorCode, Password, ThreadClass};
use sotto_client::{RootRecovery, Session, Workstation};
use sotto_crypto::invite::InviteCode;
use sotto_protocol::AccountId;
use support::{Clinic, open, password, say, until};
use tokio::net::{TcpListener, TcpStream};

/// A way to the server that is cut after some connections.
struct Line {
    address: SocketAddr,
    left: Arc<AtomicUsize>,
}

impl Line {
    async fn lay(server: SocketAddr, connections: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, left) = (listener.local_addr().unwrap(), Arc::new(AtomicUsize::new(connections)));
        let of_task = Arc::clone(&left);
        tokio::spawn(async move {
            while let Ok((mut near, _)) = listener.accept().await {
                if of_task.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok() {
                    tokio::spawn(async move {
                        let mut far = TcpStream::connect(server).await.unwrap();
                        tokio::io::copy_bidirectional(&mut near, &mut far).await.ok();
                    });
                }
            }
        });
        Self { address, left }
    }

    fn mend(&self) {
        self.left.store(usize::MAX, Ordering::SeqCst);
    }
}

/// The files of a home, by their path in it.
type Files = BTreeMap<PathBuf, Vec<u8>>;

fn load(folder: &Path) -> Files {
    let mut files = Files::new();
    for item in std::fs::read_dir(folder).unwrap() {
        let path = item.unwrap().path();
        let name = PathBuf::from(path.file_name().unwrap());
        if path.is_dir() {
            files.extend(load(&path).into_iter().map(|(below, bytes)| (name.join(below), bytes)));
        } else {
            files.insert(name, std::fs::read(&path).unwrap());
        }
    }
    files
}

fn store(folder: &Path, files: &Files) {
    for (name, bytes) in files {
        std::fs::create_dir_all(folder.join(name).parent().unwrap()).unwrap();
        std::fs::write(folder.join(name), bytes).unwrap();
    }
}

/// `files`, with those of these names as they were in `before`, also where they were not there.
fn rewind(files: &Files, before: &Files, names: &[&str]) -> Files {
    let of = |files: &Files, named: bool| -> Files {
        let chosen = files.iter().filter(|(path, _)| names.iter().any(|name| path.ends_with(name)) == named);
        chosen.map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
    };
    of(files, false).into_iter().chain(of(before, true)).collect()
}

/// The account can sign in, and what it writes reaches the server.
async fn works(workstation: &Workstation, account: AccountId, with: AccountId) {
    let session = workstation.sign_in(account, &password()).await.unwrap();
    let members = if account == with { vec![] } else { vec![with] };
    let request = CreateThreadRequest { class: ThreadClass::Staff, members, title: Some("Here".into()), patient: None, reason: None };
    let thread = session.create_thread(request).await.unwrap().row.thread;
    say(&session, thread, "I am here.").await;
    until(&session, async || (session.status().await.unwrap().queued == 0).then_some(())).await;
    assert_eq!(session.outbox(thread).await.unwrap().failed, 0);
    session.lock().await.unwrap();
}

/// An invite that leads over the line.
async fn invite(admin: &Session, line: &Line) -> (String, AccountId) {
    let invited = admin.invite("Nora Nurse", "RN", 72).await.unwrap();
    let mut code = InviteCode::parse(&invited.code).unwrap();
    code.server = format!("https://{}", line.address);
    (code.encode(), invited.account)
}

/// Begins an enrolment that ends when the line is cut.
async fn begin(home: &Path, invite: &str) {
    let code = open(home).enrol(invite, &password(), "Ward 3").await.unwrap_err().code;
    assert_eq!(code, ErrorCode::ServerUnreachable);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_enrolment_of_which_the_server_has_not_heard_starts_again() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    // What was there when it was interrupted, from the last step to the first: the request to make, the vault, its key, the folder.
    let missing: [&[&str]; 4] =
        [&[], &["enrol.pending"], &["enrol.pending", "vault.db"], &["enrol.pending", "vault.db", "vault.key", "attempts"]];
    for (step, missing) in missing.into_iter().enumerate() {
        let line = Line::lay(clinic.running.addr, 1).await;
        let (invite, account) = invite(&ida, &line).await;
        let home = clinic.home(&format!("before-{step}"));
        begin(&home, &invite).await;
        let begun = load(&home);
        assert!(begun.keys().any(|path| path.ends_with("enrol.pending")), "the enrolment was begun");
        std::fs::remove_dir_all(&home).unwrap();
        store(&home, &rewind(&begun, &Files::new(), missing));
        line.mend();
        let ward = open(&home);
        assert!(ward.view().people.is_empty(), "nobody is offered who cannot sign in");
        assert_eq!(ward.enrol(&invite, &password(), "Ward 3").await.unwrap(), account, "without {missing:?}");
        works(&ward, account, admin).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_enrolment_that_the_server_took_is_completed_with_the_same_keys() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let line = Line::lay(clinic.running.addr, 2).await;
    let (invite, account) = invite(&ida, &line).await;
    let home = clinic.home("ward");
    begin(&home, &invite).await;
    let taken = load(&home);
    line.mend();

    let ward = open(&home);
    let wrong = ward.enrol(&invite, &Password::new("not the password at all".into()), "Ward 3").await;
    assert_eq!(wrong.map_err(|error| error.code), Err(ErrorCode::WrongPassword));
    assert_eq!(load(&home), taken, "a wrong password costs nothing");
    assert_eq!(ward.enrol(&invite, &password(), "Ward 3").await.unwrap(), account);
    let done = load(&home);
    works(&ward, account, admin).await;
    // Somebody else came meanwhile: the directory is longer when the enrolment goes on.
    ida.invite("Nils Night", "RN", 72).await.unwrap();

    // What had not happened when it was interrupted: the wrapping with the server's share, its keeping, the tile.
    let steps: [&[&str]; 3] = [
        &["enrol.pending", "workstation.json", "INSECURE-KEYRING", "vault.key"],
        &["enrol.pending", "workstation.json", "INSECURE-KEYRING"],
        &["enrol.pending", "workstation.json"],
    ];
    for (step, not_yet) in steps.into_iter().enumerate() {
        let home = clinic.home(&format!("after-{step}"));
        store(&home, &rewind(&done, &taken, not_yet));
        let ward = open(&home);
        assert!(ward.view().people.is_empty(), "nobody is offered who cannot sign in");
        assert_eq!(ward.enrol(&invite, &password(), "Ward 3").await.unwrap(), account, "before {not_yet:?}");
        works(&ward, account, admin).await;
    }

    // Only the end was not noted: the account is there and works.
    let home = clinic.home("after-all");
    store(&home, &rewind(&done, &taken, &["enrol.pending"]));
    let ward = open(&home);
    let again = ward.enrol(&invite, &password(), "Ward 3").await;
    assert_eq!(again.map_err(|error| error.code), Err(ErrorCode::AlreadyEnrolled));
    works(&ward, account, admin).await;
}

fn keep(_: &RootRecovery) -> Result<(), ErrorCode> {
    Ok(())
}

/// For a founding that goes on: its sheet is printed already.
fn keep_no_second(_: &RootRecovery) -> Result<(), ErrorCode> {
    Err(ErrorCode::Internal)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_founding_that_was_begun_goes_on_without_a_second_sheet() {
    // The server has heard of nothing; it has the organisation, and no account in it.
    for heard in [0, 1] {
        let clinic = Clinic::start().await;
        let line = Line::lay(clinic.running.addr, heard).await;
        let home = clinic.home("office");
        let cut = open(&home).found_org(clinic.founding(line.address), keep).await;
        assert_eq!(cut.map_err(|error| error.code), Err(ErrorCode::ServerUnreachable));
        line.mend();
        let office = open(&home);
        let admin = office.found_org(clinic.founding(line.address), keep_no_second).await.unwrap();
        works(&office, admin, admin).await;
        clinic.running.shutdown().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_founding_that_left_nothing_to_go_on_with_starts_again() {
    let clinic = Clinic::start().await;
    let line = Line::lay(clinic.running.addr, 0).await;
    let home = clinic.home("office");
    let unkept = open(&home).found_org(clinic.founding(line.address), |_| Err(ErrorCode::DiskFull)).await;
    assert_eq!(unkept.map_err(|error| error.code), Err(ErrorCode::DiskFull));
    assert!(!home.join("accounts").exists(), "without its sheet nothing was begun");

    let cut = open(&home).found_org(clinic.founding(line.address), keep).await;
    assert_eq!(cut.map_err(|error| error.code), Err(ErrorCode::ServerUnreachable));
    let begun = load(&home);
    std::fs::remove_dir_all(&home).unwrap();
    store(&home, &rewind(&begun, &Files::new(), &["enrol.pending"]));
    line.mend();

    let refused = sotto_client::FoundOrg { setup_code: "not the code".into(), ..clinic.founding(line.address) };
    let refused = open(&home).found_org(refused, keep).await;
    assert_eq!(refused.map_err(|error| error.code), Err(ErrorCode::NotPermitted));
    assert!(load(&home).keys().all(|path| !path.ends_with("enrol.pending")), "what was refused is forgotten");

    let office = open(&home);
    let mut sheets = 0;
    let count = |_: &RootRecovery| {
        sheets += 1;
        Ok(())
    };
    let admin = office.found_org(clinic.founding(line.address), count).await.unwrap();
    assert_eq!(sheets, 1, "another root has another sheet");
    works(&office, admin, admin).await;
}
