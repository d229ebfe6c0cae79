//! What may a page ask? The port of `ui/src/backend/port.ts`, a file per feature; each command delegates to the core.
//!
//! A command fails with an [`sotto_client::view::ErrorView`]: a code, never a text. While nobody is signed in the commands of the
//! content window fail with `locked`. `src-tauri/build.rs` lists the same names, `src-tauri/capabilities` says which window has which.

mod background;
mod directory;
mod draft;
mod enrol;
mod file;
mod fleet;
mod lock;
mod message;
mod own_rules;
mod people;
mod pin;
mod preference;
mod print;
mod receipt;
mod recover;
mod search;
mod session;
mod sign_in;
mod sign_ins;
mod thread;
mod view_state;
mod workstation;

use sotto_client::view::ErrorView;
use tauri::Wry;
use tauri::ipc::Invoke;

/// How a command answers.
type Answer<T> = Result<T, ErrorView>;

/// Hands a call to its command.
pub(crate) fn handler() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        workstation::workstation,
        workstation::enrol_workstation,
        enrol::begin_enrol,
        enrol::finish_enrol,
        enrol::enter,
        sign_in::sign_in,
        sign_in::sign_in_pin,
        sign_in::sign_in_new,
        recover::recover,
        print::print,
        session::session,
        session::permissions,
        session::filling,
        sign_ins::sign_ins,
        sign_ins::sign_ins_of,
        sign_ins::answer_sign_in,
        sign_ins::end_device,
        sign_ins::sign_out_elsewhere,
        lock::lock,
        lock::switch_user,
        lock::stay_awake,
        background::background,
        background::set_background,
        thread::threads,
        thread::thread,
        thread::create_thread,
        thread::mark_read,
        thread::mark_unread,
        receipt::displayed,
        receipt::acknowledge,
        receipt::readers,
        message::messages,
        message::send_message,
        message::retry_message,
        message::discard_message,
        file::begin_file,
        file::put_file_part,
        file::send_file,
        file::retry_file,
        file::discard_file,
        file::outgoing_files,
        file::fetch_file,
        file::cancel_fetch,
        file::file_preview,
        draft::draft,
        draft::save_draft,
        search::search,
        directory::directory,
        people::people,
        people::invite,
        people::invite_again,
        people::set_role,
        people::ask_admin,
        people::grant_admin,
        people::check_root_sheets,
        people::revoke_person,
        people::import_people,
        fleet::workstations,
        fleet::make_workstation_token,
        fleet::revoke_workstation,
        fleet::issue_command,
        fleet::approve_command,
        fleet::commands,
        fleet::export_receipts,
        fleet::groups,
        fleet::set_group,
        fleet::rules,
        fleet::custody,
        fleet::set_custody,
        fleet::incidents,
        fleet::open_incident,
        fleet::close_incident,
        fleet::export_incidents,
        pin::set_pin,
        pin::remove_pin,
        preference::preferences,
        preference::save_preferences,
        own_rules::own_rules,
        own_rules::set_own_rules,
        view_state::view_state,
        view_state::save_view_state,
    ]
}
