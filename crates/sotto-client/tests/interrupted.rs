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

use sotto_client::view::{CreateThreadRequest, ErrorCode, MakeWorkstationTokenRequest, ThreadClass, WorkstationKind};
use sotto_client::{RootSheets, Workstation};
use sotto_protocol::AccountId;
use support::{Clinic, password, say, until};
use tokio::net::{TcpListener, TcpStream};

/// A way to the server that is cut after some connections.
struct Line {
    address: SocketAddr,
    left: Arc<AtomicUsize>,
}

impl Line {
    async fn lay(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, left) = (listener.local_addr().unwrap(), Arc::new(AtomicUsize::new(usize::MAX)));
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

    fn cut_after(&self, connections: usize) {
        self.left.store(connections, Ordering::SeqCst);
    }

    fn mend(&self) {
        self.cut_after(usize::MAX);
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

/// The account can sign in, and what it writes, or an admin signs, reaches the server.
async fn works(workstation: &Workstation, account: AccountId) {
    let session = workstation.sign_in(account, &password()).await.unwrap();
    if session.permissions().await.unwrap().workstations {
        let request = MakeWorkstationTokenRequest { name: "X".into(), location: String::new(), kind: WorkstationKind::Shared, days: 1 };
        session.make_workstation_token(request).await.unwrap();
        return session.lock().await.unwrap();
    }
    let title = Some("Here".into());
    let request = CreateThreadRequest { class: ThreadClass::Staff, members: vec![], title, patient: None, reason: None };
    let thread = session.create_thread(request).await.unwrap().row.thread;
    say(&session, thread, "I am here.").await;
    until(&session, async || (session.status().await.unwrap().queued == 0).then_some(())).await;
    assert_eq!(session.outbox(thread).await.unwrap().failed, 0);
    session.lock().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn wherever_the_line_is_cut_an_enrolment_goes_on() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let line = Line::lay(clinic.running.addr).await;
    for connections in 0.. {
        line.mend();
        let name = format!("nurse-{connections}");
        let ward = clinic.let_in_over(&ida, &name, line.address).await;
        let (invite, account) = clinic.invite(&ida, &name).await;
        line.cut_after(connections);
        let cut = ward.begin_enrol(&invite, &password()).await;
        let done = cut.as_ref().map(|_| ()).map_err(|error| error.code);
        line.mend();
        assert!(ward.view().people.is_empty(), "nobody is offered who cannot sign in");
        ward.close_unfinished().await;
        drop(ward);

        let ward = clinic.open(&name);
        let begun = ward.begin_enrol(&invite, &password()).await.unwrap();
        line.cut_after(0);
        let code = clinic.code_of(&begun.totp);
        let unheard = ward.finish_enrol(account, &code).await.map(drop).map_err(|error| error.code);
        assert_eq!(unheard, Err(ErrorCode::ServerUnreachable));
        line.mend();
        clinic.confirm(&ward, account, &begun.totp).await;
        works(&ward, account).await;
        if done.is_ok() {
            assert!(connections >= 3, "the invite's check, the enrolment and the registration ask the server");
            break;
        }
        assert_eq!(done, Err(ErrorCode::ServerUnreachable), "cut after {connections}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_enrolment_of_which_the_server_has_not_heard_starts_again() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let line = Line::lay(clinic.running.addr).await;
    // What was there when it was interrupted, from the last step to the first: the request to make, the vault, its key, the folder.
    let missing: [&[&str]; 4] =
        [&[], &["enrol.pending"], &["enrol.pending", "vault.db"], &["enrol.pending", "vault.db", "vault.key", "attempts"]];
    for (step, missing) in missing.into_iter().enumerate() {
        line.mend();
        let name = format!("before-{step}");
        let ward = clinic.let_in_over(&ida, &name, line.address).await;
        let (invite, account) = clinic.invite(&ida, &name).await;
        line.cut_after(1);
        assert_eq!(ward.begin_enrol(&invite, &password()).await.map(drop).map_err(|error| error.code), Err(ErrorCode::ServerUnreachable));
        drop(ward);
        let home = clinic.home(&name);
        let begun = load(&home);
        assert!(begun.keys().any(|path| path.ends_with("enrol.pending")), "the enrolment was begun");
        std::fs::remove_dir_all(&home).unwrap();
        store(&home, &rewind(&begun, &Files::new(), missing));
        line.mend();
        let ward = clinic.open(&name);
        let again = ward.begin_enrol(&invite, &password()).await.unwrap();
        clinic.confirm(&ward, account, &again.totp).await;
        works(&ward, account).await;
    }
}

fn keep(_: &RootSheets) -> Result<(), ErrorCode> {
    Ok(())
}

/// For a founding that goes on: its sheet is printed already.
fn keep_no_second(_: &RootSheets) -> Result<(), ErrorCode> {
    Err(ErrorCode::Internal)
}

#[tokio::test(flavor = "multi_thread")]
async fn wherever_the_line_is_cut_a_founding_goes_on_without_a_second_sheet() {
    for connections in 0.. {
        let clinic = Clinic::start().await;
        let line = Line::lay(clinic.running.addr).await;
        line.cut_after(connections);
        let office = clinic.open("office");
        let cut = office.found_org(clinic.founding(line.address), keep).await.map(drop).map_err(|error| error.code);
        line.mend();
        office.close_unfinished().await;
        drop(office);
        let office = clinic.open("office");
        let begun = office.found_org(clinic.founding(line.address), keep_no_second).await.unwrap();
        clinic.confirm(&office, begun.account, &begun.totp).await;
        works(&office, begun.account).await;
        clinic.running.shutdown().await;
        if cut.is_ok() {
            assert!(connections >= 3, "the founding, the enrolment and the registration ask the server");
            break;
        }
        assert_eq!(cut, Err(ErrorCode::ServerUnreachable), "cut after {connections}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_founding_that_left_nothing_to_go_on_with_starts_again() {
    let clinic = Clinic::start().await;
    let line = Line::lay(clinic.running.addr).await;
    line.cut_after(0);
    let home = clinic.home("office");
    let unkept = clinic.open("office").found_org(clinic.founding(line.address), |_| Err(ErrorCode::DiskFull)).await;
    assert_eq!(unkept.map(drop).map_err(|error| error.code), Err(ErrorCode::DiskFull));
    assert!(!home.join("accounts").exists(), "without its sheet nothing was begun");

    let cut = clinic.open("office").found_org(clinic.founding(line.address), keep).await;
    assert_eq!(cut.map(drop).map_err(|error| error.code), Err(ErrorCode::ServerUnreachable));
    let begun = load(&home);
    std::fs::remove_dir_all(&home).unwrap();
    store(&home, &rewind(&begun, &Files::new(), &["enrol.pending"]));
    line.mend();

    let refused = sotto_client::FoundOrg { setup_code: "not the code".into(), ..clinic.founding(line.address) };
    let refused = clinic.open("office").found_org(refused, keep).await;
    assert_eq!(refused.map(drop).map_err(|error| error.code), Err(ErrorCode::NotPermitted));
    assert!(load(&home).keys().all(|path| !path.ends_with("enrol.pending")), "what was refused is forgotten");

    let office = clinic.open("office");
    let mut sheets = 0;
    let count = |_: &RootSheets| {
        sheets += 1;
        Ok(())
    };
    let begun = office.found_org(clinic.founding(line.address), count).await.unwrap();
    assert_eq!(sheets, 1, "another root has another sheet");
    clinic.confirm(&office, begun.account, &begun.totp).await;
    works(&office, begun.account).await;
}
