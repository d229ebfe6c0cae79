//! A file goes from one person to another over a real server: sealed in both vaults, resumed, cancelled, refused, saved and recorded.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod support;

use sotto_client::Session;
use sotto_client::view::{
    AttachmentType, AttachmentTypes, BeginFileRequest, Change, CreateThreadRequest, ErrorCode, FilePartRequest, FileView, GroupMembersView,
    GroupRequest, MessagePageRequest, MessageView, OutgoingFileState, OwnRules, Password, Priority, SearchRequest, SendFileRequest,
    Settings, ThreadClass,
};
use sotto_protocol::api::Base64;
use sotto_protocol::role::Role;
use sotto_protocol::{AccountId, FileId, ThreadId, limits};
use support::{Clinic, password, until};

/// What stands in the file and must stand on no disk.
const WORD: &[u8] = b"hydralazine-4711";

/// Text of so many bytes with the word at its beginning and its end.
fn content(bytes: usize) -> Vec<u8> {
    let mut text: Vec<u8> = WORD.iter().copied().chain((0..bytes).map(|n| b'a' + u8::try_from(n % 26).unwrap())).take(bytes).collect();
    let end = text.len() - WORD.len();
    text[end..].copy_from_slice(WORD);
    text
}

async fn begin(session: &Session, thread: ThreadId, name: &str, content: &[u8]) -> Result<FileId, ErrorCode> {
    let request = BeginFileRequest { thread, name: name.into(), bytes: content.len() as u64 };
    session.begin_file(request).await.map_err(|error| error.code)
}

async fn put(session: &Session, file: FileId, content: &[u8]) -> Result<(), ErrorCode> {
    for (number, part) in (0..).zip(content.chunks(limits::FILE_CHUNK_BYTES)) {
        let request = FilePartRequest { file, number, data: Base64(part.to_vec()) };
        session.put_file_part(request).await.map_err(|error| error.code)?;
    }
    Ok(())
}

async fn send(session: &Session, thread: ThreadId, name: &str, content: &[u8], text: &str) -> FileId {
    let file = begin(session, thread, name, content).await.unwrap();
    put(session, file, content).await.unwrap();
    session.send_file(SendFileRequest { file, text: text.into(), priority: Priority::Action }).await.unwrap();
    file
}

async fn page(session: &Session, thread: ThreadId) -> Vec<MessageView> {
    session
        .messages(MessagePageRequest { thread, before: None, after: None, limit: 50 })
        .await
        .map(|page| page.messages)
        .unwrap_or_default()
}

/// The newest message with a file that the server has.
async fn shared(session: &Session, thread: ThreadId) -> Option<(u64, String, FileView)> {
    page(session, thread).await.into_iter().rev().find_map(|message| match message {
        MessageView::Message { seq: Some(seq), text, file: Some(file), .. } => Some((seq, text, file)),
        _ => None,
    })
}

/// What holds for somebody where they sit.
async fn rule(session: &Session, name: &str) -> serde_json::Value {
    session.rules(None).await.unwrap().into_iter().find(|rule| rule.setting == name).unwrap().value
}

async fn talk(nurse: &Session, other: AccountId) -> ThreadId {
    let (title, members) = (Some("Wound".into()), vec![other]);
    let request = CreateThreadRequest { class: ThreadClass::Staff, members, title, patient: None, reason: None };
    nurse.create_thread(request).await.unwrap().row.thread
}

/// Whether a word stands in any file below a folder.
fn on_disk(folder: &std::path::Path, word: &[u8]) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            on_disk(&path, word)
        } else {
            std::fs::read(&path).unwrap_or_default().windows(word.len()).any(|part| part == word)
        }
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_crosses_in_sealed_parts_and_leaves_only_on_record() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let (doctor, rosa) = clinic.colleague(&ida, &office, "Rosa Physician").await;
    let (ward, nora) = clinic.enrol(&ida, "Nora Nurse").await;
    let nurse = ward.sign_in(nora, &password()).await.unwrap();
    let thread = talk(&nurse, doctor).await;
    let whole = content(2 * limits::FILE_CHUNK_BYTES + 4_321);
    send(&nurse, thread, "/home/nora/plan.txt", &whole, "Please read before noon").await;

    let (seq, text, file) = until(&rosa, async || shared(&rosa, thread).await).await;
    assert_eq!((text.as_str(), file.name.as_str(), file.media_type.as_str()), ("Please read before noon", "plan.txt", "text/plain"));
    assert_eq!((file.bytes, file.here, file.parts, file.viewable), (whole.len() as u64, 0, 3, false));
    let row = rosa.thread(thread).await.unwrap().row;
    assert_eq!((row.preview.as_str(), row.unread), ("plan.txt Please read before noon", 1));
    let found = rosa
        .search(SearchRequest { query: "plan noon".into(), thread: None, before: None, limit: 9, filter: Default::default() })
        .await
        .unwrap();
    assert_eq!(found.hits.len(), 1, "by its name and by what was said with it");
    let stored = async || {
        let has = |message: &MessageView| matches!(message, MessageView::Message { file: Some(_), receipts, .. } if receipts.stored == 1);
        page(&nurse, thread).await.iter().any(has).then_some(())
    };
    until(&nurse, stored).await;

    rosa.fetch_file(thread, seq).await.unwrap();
    assert_eq!(shared(&rosa, thread).await.unwrap().2.here, 3);
    assert_eq!(rosa.file_preview(thread, seq).await.map(drop).map_err(|e| e.code), Err(ErrorCode::FileRefused), "no image");
    let mut saved = Vec::new();
    let wrong = rosa.export_file(thread, seq, &Password::new("not the password at all".into()), &mut saved).await;
    assert_eq!((wrong.map_err(|e| e.code), saved.len()), (Err(ErrorCode::WrongPassword), 0));
    rosa.export_file(thread, seq, &password(), &mut saved).await.unwrap();
    assert_eq!(saved, whole);
    let told = async || {
        let exported = |message: &MessageView| matches!(message, MessageView::Change { change: Change::Exported, author_name, .. } if author_name == "Rosa Physician");
        page(&nurse, thread).await.iter().any(exported).then_some(())
    };
    until(&nurse, told).await;

    for session in [&nurse, &ida, &rosa] {
        session.lock().await.unwrap();
    }
    for home in ["office", "Nora Nurse", "server"] {
        assert!(!on_disk(&clinic.home(home), WORD), "the file stands in the clear in {home}");
    }
    clinic.running.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pdf_is_looked_at_as_it_was_sent_and_saving_it_takes_the_permission() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let (doctor, rosa) = clinic.colleague(&ida, &office, "Rosa Physician").await;
    let (ward, nora) = clinic.enrol(&ida, "Nora Nurse").await;
    let nurse = ward.sign_in(nora, &password()).await.unwrap();
    let thread = talk(&nurse, doctor).await;
    let pdf = [b"%PDF-1.7\n".as_slice(), &content(limits::FILE_CHUNK_BYTES)].concat();
    send(&nurse, thread, "report.pdf", &pdf, "").await;

    let (seq, _, file) = until(&rosa, async || shared(&rosa, thread).await).await;
    assert_eq!((file.media_type.as_str(), file.viewable), ("application/pdf", true));
    assert_eq!(rosa.file_preview(thread, seq).await.map(drop).map_err(|e| e.code), Err(ErrorCode::NotFound), "its parts are not here yet");
    rosa.fetch_file(thread, seq).await.unwrap();
    let seen = rosa.file_preview(thread, seq).await.unwrap();
    assert_eq!((seen.media_type.as_str(), seen.data.0 == pdf), ("application/pdf", true), "nothing of it is changed");

    // Who may read it may not for that save it: the front desk's role does not say so.
    ida.set_role(doctor, Role::FrontDesk.into()).await.unwrap();
    until(&rosa, async || (rosa.permissions().await.ok()?.role == Some(Role::FrontDesk)).then_some(())).await;
    let mut saved = Vec::new();
    let refused = rosa.export_file(thread, seq, &password(), &mut saved).await;
    assert_eq!((refused.map_err(|e| e.code), saved.len()), (Err(ErrorCode::NotPermitted), 0));
    assert!(rosa.file_preview(thread, seq).await.is_ok(), "it is still read");
    clinic.running.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_survives_the_lock_goes_out_when_the_server_is_back_and_can_be_taken_back() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let (doctor, rosa) = clinic.colleague(&ida, &office, "Rosa Physician").await;
    let (ward, nora) = clinic.enrol(&ida, "Nora Nurse").await;
    let nurse = ward.sign_in(nora, &password()).await.unwrap();
    let thread = talk(&nurse, doctor).await;
    until(&rosa, async || rosa.thread(thread).await.ok()).await;
    let (data, address, clock) = (clinic.data(), clinic.running.addr, clinic.clock.clone());
    clinic.running.shutdown().await;

    let kept = content(1_500_000);
    let staged = begin(&nurse, thread, "staged.txt", &kept).await.unwrap();
    put(&nurse, staged, &kept).await.unwrap();
    send(&nurse, thread, "plan.txt", &kept, "").await;
    let back = send(&nurse, thread, "mistake.txt", &kept, "").await;
    nurse.discard_file(back).await.unwrap();
    nurse.lock().await.unwrap();
    let nurse = ward.sign_in(nora, &password()).await.unwrap();
    let waiting = nurse.outgoing_files(thread).await.unwrap();
    let told: Vec<_> = waiting.iter().map(|file| (file.name.as_str(), file.state)).collect();
    assert_eq!(told, [("staged.txt", OutgoingFileState::Staged), ("plan.txt", OutgoingFileState::Sending)]);
    assert_eq!((waiting[0].done, waiting[0].parts), (2, 2));

    let running = support::serve(clock, data, address).await;
    nurse.reconnect().unwrap();
    rosa.reconnect().unwrap();
    let (seq, _, file) = until(&rosa, async || shared(&rosa, thread).await).await;
    assert_eq!(file.name, "plan.txt");
    rosa.fetch_file(thread, seq).await.unwrap();
    let mut saved = Vec::new();
    rosa.export_file(thread, seq, &password(), &mut saved).await.unwrap();
    assert_eq!(saved, kept);
    assert_eq!(nurse.outgoing_files(thread).await.unwrap().len(), 1, "the one that nobody sent still waits");
    for session in [nurse, ida, rosa] {
        session.lock().await.unwrap();
    }
    running.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_archives_and_what_is_too_large_are_refused_and_leave_nothing() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let (doctor, rosa) = clinic.colleague(&ida, &office, "Rosa Physician").await;
    let (ward, nora) = clinic.enrol(&ida, "Nora Nurse").await;
    let nurse = ward.sign_in(nora, &password()).await.unwrap();
    let thread = talk(&nurse, doctor).await;
    let program = b"MZ\x90\x00\x03\x00 this is no picture";
    let file = begin(&nurse, thread, "wound.png", program).await.unwrap();
    assert_eq!(put(&nurse, file, program).await, Err(ErrorCode::FileRefused));
    let large = BeginFileRequest { thread, name: "film.mp4".into(), bytes: limits::FILE_BYTES + 1 };
    assert_eq!(nurse.begin_file(large).await.map_err(|e| e.code), Err(ErrorCode::FileTooLarge));
    assert_eq!(begin(&nurse, thread, "nothing.txt", b"").await, Err(ErrorCode::Malformed));
    // A picture by its first bytes only.
    let torn = [[0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a].as_slice(), WORD].concat();
    let file = begin(&nurse, thread, "torn.png", &torn).await.unwrap();
    put(&nurse, file, &torn).await.unwrap();
    let sent = nurse.send_file(SendFileRequest { file, text: String::new(), priority: Priority::Fyi }).await;
    assert_eq!(sent.map_err(|e| e.code), Err(ErrorCode::FileDamaged));
    nurse.discard_file(file).await.unwrap();
    assert!(nurse.outgoing_files(thread).await.unwrap().is_empty());
    assert!(shared(&nurse, thread).await.is_none());
    for session in [nurse, ida, rosa] {
        session.lock().await.unwrap();
    }
    clinic.running.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_rules_let_nobody_send_is_refused_when_it_is_taken_in_and_when_it_is_sent_and_is_shown_all_the_same() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let (doctor, rosa) = clinic.colleague(&ida, &office, "Rosa Physician").await;
    let ward = clinic.let_in(&ida, "ward").await;
    let (_, nurse) = clinic.colleague(&ida, &ward, "Nora Nurse").await;
    let thread = talk(&nurse, doctor).await;
    until(&rosa, async || rosa.thread(thread).await.ok()).await;
    let (small, large) = (content(9_000), content(1_500_000));
    let before = begin(&nurse, thread, "before.txt", &large).await.unwrap();
    put(&nurse, before, &large).await.unwrap();

    let machine = ida.workstations().await.unwrap().into_iter().find(|one| one.name == "ward").unwrap().id;
    let types: AttachmentTypes = [AttachmentType::Image, AttachmentType::Text].into_iter().collect();
    let settings = Settings { attachment_mb: Some(1), attachment_types: Some(types), ..Settings::default() };
    let members = GroupMembersView::Workstations(vec![machine]);
    ida.set_group(GroupRequest { group: None, name: "Wards".into(), members, settings }).await.unwrap();
    until(&nurse, async || (rule(&nurse, "attachment_mb").await == serde_json::json!(1)).then_some(())).await;
    assert_eq!(rule(&nurse, "attachment_types").await, serde_json::json!(["image", "text"]));

    assert_eq!(begin(&nurse, thread, "after.txt", &large).await, Err(ErrorCode::AttachmentTooLarge));
    let late = nurse.send_file(SendFileRequest { file: before, text: String::new(), priority: Priority::Fyi }).await;
    assert_eq!(late.map_err(|e| e.code), Err(ErrorCode::AttachmentTooLarge), "the rule came while it waited");
    nurse.discard_file(before).await.unwrap();
    let pdf = [b"%PDF-1.7\n".as_slice(), WORD].concat();
    let file = begin(&nurse, thread, "wound.png", &pdf).await.unwrap();
    assert_eq!(put(&nurse, file, &pdf).await, Err(ErrorCode::AttachmentTypeForbidden), "by what is in it");
    assert!(nurse.outgoing_files(thread).await.unwrap().is_empty());
    send(&nurse, thread, "plan.txt", &small, "").await;
    until(&rosa, async || shared(&rosa, thread).await).await;

    // The rules of the ward are about what is sent from the ward.
    send(&rosa, thread, "report.pdf", &pdf, "").await;
    let pdf_here = async || shared(&nurse, thread).await.filter(|(_, _, file)| file.media_type == "application/pdf");
    let (seq, ..) = until(&nurse, pdf_here).await;
    nurse.fetch_file(thread, seq).await.unwrap();

    let none = OwnRules { attachment_types: Some(AttachmentTypes::NONE), ..OwnRules::default() };
    nurse.set_own_rules(none).await.unwrap();
    let file = begin(&nurse, thread, "plan.txt", &small).await.unwrap();
    assert_eq!(put(&nurse, file, &small).await, Err(ErrorCode::AttachmentTypeForbidden), "by a rule of one's own");
    for session in [nurse, ida, rosa] {
        session.lock().await.unwrap();
    }
    clinic.running.shutdown().await;
}
