//! Every role × every command × every class of thread, as the table of permissions says it and not otherwise; on sessions that are open and
//! have read what their role closes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

#[path = "permissions/lists.rs"]
mod lists;
mod support;

use std::time::{Duration, Instant};

use lists::{COMMANDS, EVERYBODYS, OF_A_THREAD};
use sotto_client::view::{
    Action, BeginFileRequest, CloseIncidentRequest, CommandReason, CommandRequest, CreateThreadRequest, CustodyRequest, GroupMembersView,
    GroupRequest, ImportPeopleRequest, ImportRow, IncidentOutcome, IncidentReason, InviteRequest, MakeWorkstationTokenRequest,
    MessagePageRequest, MessageView, OpenIncidentRequest, Permission, Role, RoleChoice, SearchRequest, Settings, ThreadClass,
    ThreadListRequest, WorkstationKind,
};
use sotto_client::{Result, Session};
use sotto_protocol::{AccountId, EntryId, IncidentId, ThreadId};
use support::{Clinic, administered, allowed, password, say, try_say, until, window_commands};

const CLASSES: [ThreadClass; 4] = [ThreadClass::Clinical, ThreadClass::Scheduling, ThreadClass::Billing, ThreadClass::Staff];
/// What a custom role of this test has.
const CUSTOM: [Permission; 2] = [Permission::Billing, Permission::Review];
/// How soon a role holds on a session that is open.
const AT_ONCE: Duration = Duration::from_secs(5);
/// How soon whoever may not be in a thread is out of its next epoch.
const NEXT_EPOCH: Duration = Duration::from_secs(60);

fn given(role: Role) -> &'static [Permission] {
    if role == Role::Custom { &CUSTOM } else { role.permissions() }
}

fn choice(role: Role) -> RoleChoice {
    RoleChoice { role, permissions: if role == Role::Custom { CUSTOM.to_vec() } else { Vec::new() } }
}

async fn administer(session: &Session, command: &str, name: &str) -> bool {
    let nobody = AccountId::from_bytes([7; 16]);
    let (login, role, permissions) = (format!("{name}.guest"), Role::Nurse, Vec::new());
    match command {
        "people" => administered(session.people().await),
        "sign_ins_of" => administered(session.sign_ins_of(nobody).await),
        "invite" => {
            let invite = InviteRequest { name: "Guest".into(), title: String::new(), login, role, permissions, days: 1 };
            administered(session.invite(invite).await)
        }
        "invite_again" => administered(session.invite_again(nobody, 1).await),
        "import_people" => {
            let row = ImportRow { name: "G".into(), title: String::new(), login, role: "nurse".into(), permissions: String::new() };
            administered(session.import_people(ImportPeopleRequest { rows: vec![row], days: 1, dry_run: true }).await)
        }
        "set_role" => administered(session.set_role(nobody, Role::Nurse.into()).await),
        // Who is an administrator has nothing to ask for, and is told so.
        "ask_admin" => administered(session.ask_admin(&password(), "123456").await),
        "grant_admin" => administered(session.grant_admin(nobody, &[]).await),
        "revoke_person" => administered(session.revoke_person(nobody).await),
        "revoke_device" => administered(session.revoke_device(sotto_protocol::DeviceId::from_bytes([7; 16])).await),
        "workstations" => administered(session.workstations().await),
        "make_workstation_token" => {
            let kind = WorkstationKind::Shared;
            let token = MakeWorkstationTokenRequest { name: name.into(), location: String::new(), kind, days: 1 };
            administered(session.make_workstation_token(token).await)
        }
        "revoke_workstation" => administered(session.revoke_workstation("no id").await),
        "issue_command" => {
            let (action, reason) = (Action::Wipe, CommandReason::Lost);
            administered(session.issue_command(CommandRequest { workstation: "no id".into(), account: None, action, reason }).await)
        }
        "approve_command" => administered(session.approve_command(sotto_protocol::CommandId::from_bytes([7; 16])).await),
        "commands" => administered(session.commands().await),
        "export_receipts" => administered(session.export_receipts().await),
        "groups" => administered(session.groups().await),
        "set_group" => {
            let members = GroupMembersView::Workstations(vec!["no id".into()]);
            administered(session.set_group(GroupRequest { group: None, name: "G".into(), members, settings: Settings::default() }).await)
        }
        "custody" => administered(session.custody("no id").await),
        "set_custody" => {
            let (workstation, location) = ("no id".into(), String::new());
            administered(session.set_custody(CustodyRequest { workstation, custodian: None, location }).await)
        }
        "incidents" => administered(session.incidents().await),
        "open_incident" => {
            let (workstation, reason) = ("no id".into(), IncidentReason::Lost);
            administered(session.open_incident(OpenIncidentRequest { workstation, reason }).await)
        }
        "close_incident" => {
            let (incident, outcome) = (IncidentId::from_bytes([7; 16]), IncidentOutcome::Found);
            administered(session.close_incident(CloseIncidentRequest { incident, outcome }).await)
        }
        "export_incidents" => administered(session.export_incidents().await),
        other => panic!("{other} is in no list"),
    }
}

fn word(class: ThreadClass) -> String {
    format!("potassium{class:?}")
}

async fn hits(session: &Session, class: ThreadClass, thread: Option<ThreadId>) -> Result<usize> {
    let page = session.search(SearchRequest { query: word(class), thread, before: None, limit: 10, filter: Default::default() }).await?;
    Ok(page.hits.len())
}

async fn create(session: &Session, class: ThreadClass, members: Vec<AccountId>) -> Result<ThreadId> {
    let title = Some(format!("{class:?}"));
    Ok(session.create_thread(CreateThreadRequest { class, members, title, patient: None, reason: None }).await?.row.thread)
}

/// Somebody else's message in the thread; where none may be seen, one that is nowhere.
async fn theirs(session: &Session, thread: ThreadId) -> EntryId {
    let page = session.messages(MessagePageRequest { thread, before: None, after: None, limit: 200 }).await;
    let lines = page.map(|page| page.messages).unwrap_or_default();
    let found = lines.into_iter().find_map(|line| match line {
        MessageView::Message { entry, mine: false, .. } => Some(entry),
        MessageView::Message { .. } | MessageView::Change { .. } | MessageView::Tombstone { .. } => None,
    });
    found.unwrap_or(EntryId::from_bytes([0; 16]))
}

async fn on_a_thread(session: &Session, command: &str, (class, thread): (ThreadClass, ThreadId), host: AccountId) -> bool {
    match command {
        "create_thread" => allowed(create(session, class, vec![host]).await),
        "thread" => allowed(session.thread(thread).await),
        "threads" => {
            let page = session.threads(ThreadListRequest { filter: Default::default(), after: None, limit: 50 }).await.unwrap();
            page.rows.iter().any(|row| row.thread == thread)
        }
        "messages" => allowed(session.messages(MessagePageRequest { thread, before: None, after: None, limit: 9 }).await),
        "send_message" => allowed(try_say(session, thread, "mine").await),
        "mark_read" => allowed(session.mark_read(thread, 1).await),
        "mark_unread" => allowed(session.mark_unread(thread, 1).await),
        "displayed" => allowed(session.note_displayed(thread, 1, 1).await),
        "acknowledge" => allowed(session.acknowledge(thread, theirs(session, thread).await, None).await),
        "readers" => allowed(session.readers(thread, theirs(session, thread).await).await),
        "search" => {
            let everywhere = hits(session, class, None).await.unwrap() > 0;
            assert_eq!(allowed(hits(session, class, Some(thread)).await), everywhere, "everywhere and in the thread alike");
            everywhere
        }
        "draft" => allowed(session.draft(thread).await),
        "save_draft" => allowed(session.save_draft(thread, None).await),
        "begin_file" => {
            let request = BeginFileRequest { thread, name: "note.txt".into(), bytes: 1 };
            allowed(session.begin_file(request).await)
        }
        "outgoing_files" => allowed(session.outgoing_files(thread).await),
        // The first line of a thread has none, which only who may open the thread is told.
        "fetch_file" => allowed(session.fetch_file(thread, 1).await),
        "cancel_fetch" => allowed(session.cancel_fetch(thread, 1).await),
        "file_preview" => allowed(session.file_preview(thread, 1).await),
        "change_members" => allowed(session.change_members(thread, vec![host], Vec::new()).await),
        other => panic!("{other} is in no list"),
    }
}

/// How many threads the list and its numbers tell.
async fn counted(session: &Session) -> (usize, u32) {
    let page = session.threads(ThreadListRequest { filter: Default::default(), after: None, limit: 50 }).await.unwrap();
    (page.rows.len(), page.counts.mine)
}

/// Somebody of a role, on a session that is open.
struct Somebody {
    role: Role,
    account: AccountId,
    session: Session,
}

/// One person of every role but the administrator's, who is the founder: all of them are in a thread of every class and have read it.
async fn everybody(clinic: &Clinic, ida: &Session, host: &Session, ward: &sotto_client::Workstation) -> (Vec<Somebody>, Vec<ThreadId>) {
    let mut people = Vec::new();
    for role in Role::ALL.into_iter().filter(|role| *role != Role::ItAdmin) {
        let account = clinic.enrol_at(ida, ward, role.as_str()).await;
        ida.set_role(account, of_every_class()).await.unwrap();
        people.push(Somebody { role, account, session: ward.sign_in(account, &password()).await.unwrap() });
    }
    until(host, async || host.directory().await.unwrap().iter().all(|one| one.classes.len() == 4 || one.name == "Ida Admin").then_some(()))
        .await;
    let mut threads = Vec::new();
    for class in CLASSES {
        let thread = create(host, class, people.iter().map(|one| one.account).collect()).await.unwrap();
        say(host, thread, &word(class)).await;
        threads.push(thread);
    }
    for one in &people {
        until(&one.session, async || (counted(&one.session).await == (4, 4)).then_some(())).await;
        for (class, thread) in CLASSES.into_iter().zip(&threads) {
            until(&one.session, async || (hits(&one.session, class, Some(*thread)).await.ok()? == 1).then_some(())).await;
        }
    }
    (people, threads)
}

fn of_every_class() -> RoleChoice {
    RoleChoice { role: Role::Custom, permissions: CLASSES.map(Permission::of).to_vec() }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_role_has_of_every_command_and_class_what_the_table_says() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let (host_account, host) = clinic.colleague(&ida, &office, "Rosa Host").await;
    ida.set_role(host_account, of_every_class()).await.unwrap();
    let ward = clinic.let_in(&ida, "ward").await;
    let (mut people, threads) = everybody(&clinic, &ida, &host, &ward).await;

    for one in &people {
        let changed = Instant::now();
        ida.set_role(one.account, choice(one.role)).await.unwrap();
        let classes: Vec<ThreadClass> = given(one.role).iter().filter_map(|permission| permission.class()).collect();
        until(&one.session, async || (one.session.permissions().await.unwrap().classes == classes).then_some(())).await;
        assert!(changed.elapsed() < AT_ONCE, "{:?} after {:?}", one.role, changed.elapsed());
        let mine = classes.len();
        assert_eq!(counted(&one.session).await, (mine, u32::try_from(mine).unwrap()), "{:?}: list and numbers", one.role);
    }
    let narrowed = Instant::now();
    people.push(Somebody { role: Role::ItAdmin, account: admin, session: ida });

    let mut cells = 0;
    for one in &people {
        let may = |any: &[Permission]| any.iter().any(|permission| given(one.role).contains(permission));
        for (command, any) in COMMANDS {
            assert_eq!(administer(&one.session, command, one.role.as_str()).await, may(any), "{:?}: {command}", one.role);
            cells += 1;
        }
        for (class, thread) in CLASSES.into_iter().zip(&threads) {
            let opens = may(&[Permission::of(class)]);
            for command in OF_A_THREAD {
                let done = on_a_thread(&one.session, command, (class, *thread), host_account).await;
                assert_eq!(done, opens, "{:?}: {command} of a {class:?} thread", one.role);
                cells += 1;
            }
            assert_eq!(allowed(create(&host, class, vec![one.account]).await), opens, "{:?} is put into a {class:?} thread", one.role);
            cells += 1;
        }
    }
    assert_eq!(cells, 7 * (COMMANDS.len() + 4 * (OF_A_THREAD.len() + 1)));

    // Nobody has to write for it: whoever may not be in a thread is out of its next epoch.
    for (class, thread) in CLASSES.into_iter().zip(&threads) {
        let out: Vec<AccountId> =
            people.iter().filter(|one| !given(one.role).contains(&Permission::of(class))).map(|one| one.account).collect();
        let gone = async || {
            let view = host.thread(*thread).await.unwrap();
            (!view.members.iter().any(|member| out.contains(&member.account))).then_some(())
        };
        until(&host, gone).await;
    }
    assert!(narrowed.elapsed() < NEXT_EPOCH, "{:?}", narrowed.elapsed());
    for one in people {
        one.session.lock().await.unwrap();
    }
    host.lock().await.unwrap();
    clinic.running.shutdown().await;
}

/// A command that somebody adds to the window is in one of the lists above, or this fails.
#[test]
fn no_command_of_the_window_is_outside_the_matrix() {
    let names = window_commands();
    assert!(names.len() > 20, "{names:?}");
    for name in names {
        let known =
            COMMANDS.iter().any(|(known, _)| *known == name) || OF_A_THREAD.contains(&name.as_str()) || EVERYBODYS.contains(&name.as_str());
        assert!(known, "{name} is in no list of the matrix");
    }
}
