//! Who may bring, read and withdraw sealed chunks of files, and what of them is kept.

use reqwest::Method;
use sotto_protocol::api::FileStored;
use sotto_protocol::limits::{FILE_CHUNK_BYTES, FILE_TAG_BYTES};
use sotto_protocol::{ErrorCode, FileId};
use sotto_server::{Clock, Limits};

use super::support::{Clinic, Person, Thread, code, random};

const LAST: usize = 4_096 + FILE_TAG_BYTES;

/// A file of a thread.
#[derive(Clone, Copy)]
struct File(Thread, FileId);

impl File {
    fn make(thread: Thread) -> Self {
        Self(thread, FileId::from_bytes(random::bytes()))
    }

    fn target(self) -> String {
        format!("/v1/threads/{}/files/{}", self.0.0, self.1)
    }
}

async fn ask(clinic: &Clinic, by: &Person, method: Method, target: &str, body: Vec<u8>) -> reqwest::Response {
    let proof = by.proof(method.as_str(), target, &body, clinic.clock.now_ms()).header();
    by.send(clinic, method, target, body, &proof).await
}

/// The status, and the code of a refusal.
async fn put(clinic: &Clinic, by: &Person, file: File, (number, chunks): (u32, u32), body: Vec<u8>) -> (u16, Option<ErrorCode>) {
    let sent = ask(clinic, by, Method::PUT, &format!("{}/chunks/{number}?chunks={chunks}", file.target()), body).await;
    if sent.status() == 204 {
        return (204, None);
    }
    let (status, code) = code(sent).await;
    (status, Some(code))
}

async fn stored(clinic: &Clinic, by: &Person, file: File) -> FileStored {
    by.get(clinic, &file.target()).await.json().await.unwrap()
}

#[tokio::test]
async fn a_file_is_brought_in_any_order_goes_on_after_a_restart_and_is_read_by_members() {
    let mut clinic = Clinic::found().await;
    let [ana, ben, eve] = clinic.people().await;
    let thread = Thread::make();
    ana.append(&clinic, &[thread.key(&ana, 1, &[&ana, &ben])]).await;
    let file = File::make(thread);
    assert_eq!(code(ana.get(&clinic, &file.target()).await).await, (404, ErrorCode::NotFound));
    let (whole, last) = (vec![7; FILE_CHUNK_BYTES + FILE_TAG_BYTES], vec![8; LAST]);
    assert_eq!(put(&clinic, &ana, file, (1, 2), last.clone()).await, (204, None));
    assert_eq!(stored(&clinic, &ana, file).await, FileStored { chunks: 2, stored: vec![1] });
    clinic.restart().await;
    assert_eq!(stored(&clinic, &ana, file).await.stored, [1]);
    for _ in 0..2 {
        assert_eq!(put(&clinic, &ana, file, (0, 2), whole.clone()).await, (204, None), "the same bytes again change nothing");
    }
    assert_eq!(stored(&clinic, &ben, file).await.stored, [0, 1]);
    let read = ben.get(&clinic, &format!("{}/chunks/0", file.target())).await;
    assert_eq!((read.status().as_u16(), read.bytes().await.unwrap().to_vec()), (200, whole.clone()));
    assert_eq!(code(ben.get(&clinic, &format!("{}/chunks/2", file.target())).await).await, (404, ErrorCode::NotFound));

    let refused = (403, ErrorCode::NotAMember);
    for target in [file.target(), format!("{}/chunks/0", file.target())] {
        assert_eq!(code(eve.get(&clinic, &target).await).await, refused);
    }
    assert_eq!(put(&clinic, &eve, File::make(thread), (0, 1), last.clone()).await, (403, Some(ErrorCode::NotAMember)));
    assert_eq!(put(&clinic, &ana, File::make(Thread::make()), (0, 1), last).await, (403, Some(ErrorCode::NotAMember)));
    // Who is put out reads no chunk any more.
    ana.append(&clinic, &[thread.key(&ana, 2, &[&ana])]).await;
    assert_eq!(code(ben.get(&clinic, &format!("{}/chunks/0", file.target())).await).await, refused);
}

#[tokio::test]
async fn other_bytes_other_lengths_and_other_peoples_files_are_refused() {
    let clinic = Clinic::found().await;
    let [ana, ben] = clinic.people().await;
    let thread = Thread::make();
    ana.append(&clinic, &[thread.key(&ana, 1, &[&ana, &ben])]).await;
    let file = File::make(thread);
    assert_eq!(put(&clinic, &ana, file, (0, 2), vec![7; LAST]).await, (400, Some(ErrorCode::Malformed)), "only the last one is short");
    assert_eq!(put(&clinic, &ana, file, (1, 2), vec![7; LAST + 1]).await, (400, Some(ErrorCode::Malformed)));
    assert_eq!(put(&clinic, &ana, file, (2, 2), vec![7; LAST]).await, (400, Some(ErrorCode::Malformed)));
    assert_eq!(put(&clinic, &ana, file, (0, 101), vec![7; LAST]).await, (413, Some(ErrorCode::TooLarge)));
    let over = vec![7; FILE_CHUNK_BYTES + FILE_TAG_BYTES + 1];
    assert_eq!(put(&clinic, &ana, file, (0, 2), over).await, (413, Some(ErrorCode::TooLarge)));
    assert_eq!(put(&clinic, &ana, file, (1, 2), vec![7; LAST]).await, (204, None));
    let conflict = (409, Some(ErrorCode::Conflict));
    assert_eq!(put(&clinic, &ana, file, (1, 2), vec![8; LAST]).await, conflict);
    assert_eq!(put(&clinic, &ana, file, (0, 1), vec![7; LAST]).await, conflict, "another number of chunks");
    assert_eq!(put(&clinic, &ben, file, (1, 2), vec![7; LAST]).await, conflict, "somebody else's");
}

#[tokio::test]
async fn only_its_author_withdraws_a_file_and_only_while_it_is_not_complete() {
    let clinic = Clinic::found().await;
    let [ana, ben] = clinic.people().await;
    let thread = Thread::make();
    ana.append(&clinic, &[thread.key(&ana, 1, &[&ana, &ben])]).await;
    let (half, whole) = (File::make(thread), File::make(thread));
    put(&clinic, &ana, half, (1, 2), vec![7; LAST]).await;
    put(&clinic, &ana, whole, (0, 1), vec![7; LAST]).await;
    let withdraw = async |by: &Person, file: File| ask(&clinic, by, Method::DELETE, &file.target(), Vec::new()).await;
    assert_eq!(code(withdraw(&ben, half).await).await, (403, ErrorCode::NotPermitted));
    assert_eq!(code(withdraw(&ana, whole).await).await, (409, ErrorCode::Conflict), "it belongs to the record");
    for _ in 0..2 {
        assert_eq!(withdraw(&ana, half).await.status(), 204);
    }
    assert_eq!(code(ana.get(&clinic, &half.target()).await).await, (404, ErrorCode::NotFound));
    assert_eq!(stored(&clinic, &ben, whole).await.stored, [0]);
}

#[tokio::test]
async fn a_full_quota_says_so_and_room_comes_back() {
    let clinic = Clinic::found_with(Limits { file_bytes: 2 * LAST as u64, ..Limits::default() }).await;
    let [ana] = clinic.people().await;
    let thread = Thread::make();
    ana.append(&clinic, &[thread.key(&ana, 1, &[&ana])]).await;
    let (first, second, third) = (File::make(thread), File::make(thread), File::make(thread));
    assert_eq!(put(&clinic, &ana, first, (1, 2), vec![1; LAST]).await, (204, None));
    assert_eq!(put(&clinic, &ana, second, (0, 1), vec![2; LAST]).await, (204, None));
    assert_eq!(put(&clinic, &ana, third, (0, 1), vec![3; LAST]).await, (507, Some(ErrorCode::DiskFull)));
    assert_eq!(ask(&clinic, &ana, Method::DELETE, &first.target(), Vec::new()).await.status(), 204);
    assert_eq!(put(&clinic, &ana, third, (0, 1), vec![3; LAST]).await, (204, None));
}
