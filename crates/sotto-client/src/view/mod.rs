//! What does a screen or a script get to see? Plain values, the same for the window, the terminal and `--json`.
//!
//! Their shapes are the contract with `ui/src/backend/bindings`; the feature `typescript` writes that file from them.
//! Values with patient data never implement `Display` and are never logged.

mod custody;
mod enrol_workstation;
mod enrolment;
mod error;
mod event;
mod file;
mod fleet;
mod import;
mod incident;
mod managed;
mod message;
mod own_rules;
mod people;
mod permissions;
mod pin;
mod preference;
mod receipt;
mod roaming;
mod root_sheets;
mod search;
mod secret;
mod secret_text;
mod session;
mod sign_ins;
mod thread;
#[cfg(feature = "typescript")]
mod typescript;
mod workstation;
mod workstations;

pub use custody::{CustodianView, CustodyRequest, CustodyView};
pub use enrol_workstation::{EnrolWorkstationRequest, WorkstationEnrolled, WorkstationKind};
pub use enrolment::{BeginEnrolRequest, EnrolmentBegun, FinishEnrolRequest, RecoveryCodes, TotpSetup};
pub use error::ErrorView;
pub use event::{AppEvent, Connection};
pub use file::{BeginFileRequest, FilePartRequest, FilePreview, FileView, OutgoingFile, OutgoingFileState, SendFileRequest};
pub use fleet::{
    CommandRequest, CommandState, CommandView, GroupMembersView, GroupRequest, GroupView, ReceiptView, RuleSourceView, RuleView,
};
pub use import::{ImportOutcome, ImportPeopleRequest, ImportReport, ImportRow, ImportRowView, RowProblem};
pub use incident::{CloseIncidentRequest, IncidentEndView, IncidentPersonView, IncidentView, OpenIncidentRequest};
pub use managed::{BackgroundView, ManagedFault, ManagedView};
pub use message::{Change, DraftView, MessagePage, MessagePageRequest, MessageState, MessageView, SendMessageRequest, TombstoneReason};
pub use own_rules::{OwnRules, OwnRulesView};
pub use people::{AskAdminRequest, GrantAdminRequest, InviteRequest, InviteView, PersonState, PersonView};
pub use permissions::{AdminStanding, Permissions, RoleChoice};
pub use pin::{SetPinRequest, SignInPinRequest};
pub use preference::{Density, FleetFilter, FleetSort, FleetView, Language, Preferences, Theme, ViewState};
pub use receipt::{AcknowledgeRequest, AnswerCount, MessageReceipts, OwnAnswer, Reader, ReaderDevice};
pub use roaming::{FillingView, RecoverRequest, SignInNewRequest};
pub use root_sheets::{SheetView, SheetsView};
pub use search::{SearchFilter, SearchHit, SearchPage, SearchRequest};
pub use secret::Password;
pub use secret_text::SecretText;
pub use session::{DirectoryPerson, DirectoryWarning, SessionView};
pub use sign_ins::{NewSignIn, SignInView};
pub use thread::{
    CreateThreadRequest, MemberView, PatientView, ThreadCounts, ThreadFilter, ThreadListRequest, ThreadPage, ThreadRow, ThreadView,
    ThreadWarning,
};
#[cfg(feature = "typescript")]
pub use typescript::{bindings, export_bindings};
pub use workstation::{LockedView, SignInRequest, TileView, WorkstationView};
pub use workstations::{MachineReport, MakeWorkstationTokenRequest, WorkstationEntry, WorkstationState, WorkstationTokenView};

pub use sotto_protocol::ErrorCode;
pub use sotto_protocol::api::{Counted, Diagnostics};
pub use sotto_protocol::entry::ThreadClass;
pub use sotto_protocol::event::Priority;
pub use sotto_protocol::receipt::Answer;
pub use sotto_protocol::role::{Permission, Role};
pub use sotto_protocol::statement::{
    Action, AttachmentType, AttachmentTypes, CommandOutcome, CommandReason, Erased, ErasedKind, IncidentOutcome, IncidentReason, Settings,
};

/// The one or two letters that stand for a person where there is no room for the name.
#[must_use]
pub fn derive_initials(name: &str) -> String {
    let mut words = name.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty() && !word.ends_with('.'));
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.next_back().and_then(|word| word.chars().next());
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::derive_initials;

    #[test]
    fn initials_are_first_and_last_without_the_degree() {
        for (name, initials) in [("Rosa Méndez", "RM"), ("Dr. Ana María Solís", "AS"), ("cher", "C"), ("Ángel Ibarra", "ÁI"), ("", "")]
        {
            assert_eq!(derive_initials(name), initials);
        }
    }
}
