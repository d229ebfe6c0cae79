//! How do the views reach the user interface? As one TypeScript file, generated from them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use ts_rs::{Config, TS};

use super::{AcknowledgeRequest, Answer, AnswerCount, MessageReceipts, OwnAnswer, Reader, ReaderDevice};
use super::{
    Action, AdminStanding, AppEvent, AskAdminRequest, AttachmentType, BackgroundView, BeginEnrolRequest, BeginFileRequest, Change,
    CloseIncidentRequest, CommandOutcome, CommandReason, CommandRequest, CommandState, CommandView, Connection, Counted,
    CreateThreadRequest, CustodianView, CustodyRequest, CustodyView, Density, Diagnostics, DirectoryPerson, DirectoryWarning, DraftView,
    EnrolWorkstationRequest, EnrolmentBegun, Erased, ErasedKind, ErrorCode, ErrorView, FilePartRequest, FilePreview, FileView, FillingView,
    FinishEnrolRequest, FleetFilter, FleetSort, FleetView, GrantAdminRequest, GroupMembersView, GroupRequest, GroupView, ImportOutcome,
    ImportPeopleRequest, ImportReport, ImportRow, ImportRowView, IncidentEndView, IncidentOutcome, IncidentPersonView, IncidentReason,
    IncidentView, InviteRequest, InviteView, Language, LockedView, MachineReport, MakeWorkstationTokenRequest, ManagedFault, MemberView,
    MessagePage, MessagePageRequest, MessageState, MessageView, NewSignIn, OpenIncidentRequest, OutgoingFile, OutgoingFileState, OwnRules,
    OwnRulesView, PatientView, Permission, Permissions, PersonState, PersonView, Preferences, Priority, ReceiptView, RecoverRequest,
    RecoveryCodes, Role, RoleChoice, RowProblem, RuleSourceView, RuleView, SearchFilter, SearchHit, SearchPage, SearchRequest,
    SendFileRequest, SendMessageRequest, SessionView, SetPinRequest, Settings, SheetView, SheetsView, SignInNewRequest, SignInPinRequest,
    SignInRequest, SignInView, Theme, ThreadClass, ThreadCounts, ThreadFilter, ThreadListRequest, ThreadPage, ThreadRow, ThreadView,
    ThreadWarning, TileView, TombstoneReason, TotpSetup, ViewState, WorkstationEnrolled, WorkstationEntry, WorkstationKind,
    WorkstationState, WorkstationTokenView, WorkstationView,
};

macro_rules! declare {
    ($config:expr, $($view:ty),+ $(,)?) => {
        [$(format!("export {}", <$view as TS>::decl($config))),+]
    };
}

/// The text of `ui/src/backend/bindings/index.ts`. The same views always give the same text.
#[must_use]
pub fn bindings() -> String {
    let config = Config::new();
    let declarations = declare!(
        &config,
        ErrorCode,
        ErrorView,
        Connection,
        Priority,
        ThreadClass,
        TileView,
        LockedView,
        ManagedFault,
        WorkstationView,
        WorkstationKind,
        EnrolWorkstationRequest,
        WorkstationEnrolled,
        BeginEnrolRequest,
        TotpSetup,
        EnrolmentBegun,
        FinishEnrolRequest,
        RecoveryCodes,
        SignInRequest,
        SignInPinRequest,
        SetPinRequest,
        SignInNewRequest,
        RecoverRequest,
        FillingView,
        DirectoryWarning,
        NewSignIn,
        SignInView,
        SessionView,
        Role,
        Permission,
        AdminStanding,
        Permissions,
        RoleChoice,
        PersonState,
        PersonView,
        InviteRequest,
        InviteView,
        AskAdminRequest,
        GrantAdminRequest,
        WorkstationState,
        Counted,
        Diagnostics,
        MachineReport,
        CustodianView,
        WorkstationEntry,
        CustodyRequest,
        CustodyView,
        Action,
        CommandReason,
        CommandRequest,
        CommandState,
        CommandOutcome,
        ErasedKind,
        Erased,
        ReceiptView,
        CommandView,
        IncidentReason,
        IncidentOutcome,
        OpenIncidentRequest,
        CloseIncidentRequest,
        IncidentPersonView,
        IncidentEndView,
        IncidentView,
        AttachmentType,
        Settings,
        GroupMembersView,
        GroupView,
        GroupRequest,
        RuleSourceView,
        RuleView,
        OwnRules,
        OwnRulesView,
        MakeWorkstationTokenRequest,
        WorkstationTokenView,
        ImportRow,
        ImportPeopleRequest,
        RowProblem,
        ImportOutcome,
        ImportRowView,
        ImportReport,
        SheetView,
        SheetsView,
        PatientView,
        ThreadFilter,
        ThreadListRequest,
        ThreadRow,
        ThreadCounts,
        ThreadPage,
        MemberView,
        ThreadWarning,
        ThreadView,
        MessageState,
        Answer,
        OwnAnswer,
        AnswerCount,
        MessageReceipts,
        ReaderDevice,
        Reader,
        AcknowledgeRequest,
        TombstoneReason,
        Change,
        FileView,
        OutgoingFileState,
        OutgoingFile,
        BeginFileRequest,
        FilePartRequest,
        SendFileRequest,
        FilePreview,
        MessageView,
        MessagePageRequest,
        MessagePage,
        SendMessageRequest,
        CreateThreadRequest,
        DraftView,
        SearchFilter,
        SearchRequest,
        SearchHit,
        SearchPage,
        DirectoryPerson,
        Theme,
        Language,
        Density,
        FleetFilter,
        FleetSort,
        FleetView,
        Preferences,
        BackgroundView,
        ViewState,
        AppEvent,
    );
    format!("// Generated from crates/sotto-client/src/view by `cargo xtask bindings`. Do not edit.\n\n{}\n", declarations.join("\n\n"))
}

/// Writes [`bindings`] to `index.ts` in `folder` and returns the file's path.
///
/// # Errors
/// Those of the file system.
pub fn export_bindings(folder: &Path) -> io::Result<PathBuf> {
    let path = folder.join("index.ts");
    fs::create_dir_all(folder)?;
    fs::write(&path, bindings())?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::bindings;

    #[test]
    fn the_views_have_the_shapes_the_window_uses() {
        let text = bindings();
        for piece in
            ["\"kind\": \"threads_changed\"", "retry_after_seconds: number | null", "\"high_contrast\"", "marks: Array<[number, number]>"]
        {
            assert!(text.contains(piece), "{piece} is missing in:\n{text}");
        }
        assert!(!text.contains("bigint"), "seqs and times are numbers in the window");
    }
}
