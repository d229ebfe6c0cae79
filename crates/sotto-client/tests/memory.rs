//! After the lock, this process's memory holds no text of a message, no name and no search word: with the allocator that the programs use.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod support;

use std::fs;
use std::io::{Read as _, Seek as _, SeekFrom};

use sotto_client::view::{CreateThreadRequest, MessagePageRequest, SearchRequest, ThreadClass, ThreadListRequest};
use support::{Clinic, password, say, until};

#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<std::alloc::System> = zeroizing_alloc::ZeroAlloc(std::alloc::System);

/// A word that exists in memory only where somebody keeps it: here it is kept with every bit inverted.
struct Canary(Vec<u8>);

impl Canary {
    fn new(seed: u32) -> Self {
        let word = format!("canary{:08x}{:08x}", seed ^ std::process::id(), seed.wrapping_mul(2_654_435_761));
        Self(word.bytes().map(|byte| !byte).collect())
    }

    fn text(&self) -> String {
        self.0.iter().map(|byte| char::from(!byte)).collect()
    }

    /// In how many places of this process's writable memory the word stands.
    fn count(&self) -> usize {
        let maps = fs::read_to_string("/proc/self/maps").unwrap();
        let mut memory = fs::File::open("/proc/self/mem").unwrap();
        let ranges = maps.lines().filter(|line| line.contains(" rw")).filter_map(|line| {
            let (start, end) = line.split_once(' ')?.0.split_once('-')?;
            Some((u64::from_str_radix(start, 16).ok()?, u64::from_str_radix(end, 16).ok()?))
        });
        ranges.map(|(start, end)| self.count_in(&mut memory, start, end)).sum()
    }

    /// Reads in pieces that overlap by a word's length. The piece holds what was read and nothing inverted: the scan comes past its own
    /// buffer, and the inverted word, inverted again, would be found there.
    fn count_in(&self, memory: &mut fs::File, start: u64, end: u64) -> usize {
        let (mut at, mut found) = (start, 0);
        let mut piece = vec![0; 1 << 20];
        while at < end {
            let length = usize::try_from((end - at).min(1 << 20)).unwrap();
            let piece = &mut piece[..length];
            if memory.seek(SeekFrom::Start(at)).is_err() || memory.read_exact(piece).is_err() {
                break;
            }
            found += piece.windows(self.0.len()).filter(|window| window.iter().zip(&self.0).all(|(found, kept)| *found == !*kept)).count();
            if length < 1 << 20 {
                break;
            }
            at += (length - self.0.len()) as u64;
        }
        found
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_locked_session_leaves_nothing_behind() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let (doctor, rosa) = clinic.colleague(&ida, &office, "Rosa Physician").await;
    let (ward, nora) = clinic.enrol(&ida, "Nora Nurse").await;
    let nurse = ward.sign_in(nora, &password()).await.unwrap();
    until(&rosa, async || (rosa.directory().await.unwrap().len() == 3).then_some(())).await;
    let (text, title) = (Canary::new(7), Canary::new(77));
    let request =
        CreateThreadRequest { class: ThreadClass::Staff, members: vec![doctor], title: Some(title.text()), patient: None, reason: None };
    let thread = nurse.create_thread(request).await.unwrap().row.thread;
    say(&nurse, thread, &text.text()).await;
    until(&rosa, async || (rosa.thread(thread).await.ok()?.row.unread == 1).then_some(())).await;
    until(&nurse, async || (nurse.status().await.unwrap().queued == 0).then_some(())).await;
    for session in [&rosa, &nurse] {
        let page = session.messages(MessagePageRequest { thread, before: None, after: None, limit: 50 }).await.unwrap();
        drop(serde_json::to_string(&page).unwrap());
        session
            .search(SearchRequest { query: text.text(), thread: None, before: None, limit: 5, filter: Default::default() })
            .await
            .unwrap();
        session.threads(ThreadListRequest { filter: Default::default(), after: None, limit: 50 }).await.unwrap();
    }
    let kept = text.text();
    assert!(text.count() > 0, "the scan finds a word that is there");
    drop(kept);

    nurse.lock().await.unwrap();
    ida.lock().await.unwrap();
    rosa.lock().await.unwrap();
    assert_eq!((text.count(), title.count()), (0, 0), "what the locked process still holds");
    clinic.running.shutdown().await;
}
