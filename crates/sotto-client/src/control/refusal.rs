//! Why was something that the control connection brought not taken, or not done? Each has a word, which is logged and remembered.

use std::sync::PoisonError;

use sotto_protocol::CommandId;
use sotto_protocol::directory::StatementError;

use super::ControlState;

/// Refusals that are remembered, the newest last.
const REFUSALS: usize = 64;

/// Why a statement was not taken, or a command not done. Nothing of a person or a patient is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The statement does not hold: forged, by nobody who may, repeated, or older than what is known. The connection ends with it.
    Statement(StatementError),
    /// The server shows an older directory than it showed before. The connection ends with it.
    OlderDirectory,
    /// The server counts statements that it did not send. The connection ends with it.
    MissingStatements,
    /// The command's time was over before it could begin; its receipt says so.
    Late,
    /// The keyring remembers the command, or one after it, as done.
    DoneBefore,
    /// The command has one administrator's signature and needs two. It may still be done.
    OneSignature,
    /// The command is for another workstation, as most are: in the log at its finest level only.
    AnotherWorkstation,
}

impl Refusal {
    /// The word in the log.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Statement(StatementError::Malformed) => "malformed",
            Self::Statement(StatementError::UnknownSigner) => "unknown_signer",
            Self::Statement(StatementError::BadSignature) => "bad_signature",
            Self::Statement(StatementError::NotPermitted) => "not_permitted",
            Self::Statement(StatementError::Expired) => "outside_validity",
            Self::Statement(StatementError::Duplicate) => "used_before",
            Self::Statement(StatementError::Rollback) => "rolls_back",
            Self::Statement(StatementError::OtherDirectory) => "other_directory",
            Self::OlderDirectory => "older_directory",
            Self::MissingStatements => "missing_statements",
            Self::Late => "late",
            Self::DoneBefore => "done_before",
            Self::OneSignature => "one_signature",
            Self::AnotherWorkstation => "another_workstation",
        }
    }
}

impl ControlState {
    /// Logs why something was not taken or not done, and remembers it.
    pub(super) fn refuse(&self, refusal: Refusal, command: Option<CommandId>) {
        let (reason, command) = (refusal.as_str(), command.map(tracing::field::display));
        if refusal == Refusal::AnotherWorkstation {
            tracing::debug!(reason, command, "a command is not for this machine");
        } else {
            tracing::warn!(reason, command, "what the control connection brought was not taken or not done");
        }
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        // What is for others comes in hundreds, and must not push out what matters.
        if refusal == Refusal::AnotherWorkstation && heard.refused.last() == Some(&refusal) {
            return;
        }
        if heard.refused.len() == REFUSALS {
            heard.refused.remove(0);
        }
        heard.refused.push(refusal);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use tracing::field::{Field, Visit};
    use tracing::span::{Attributes, Id, Record};
    use tracing::{Event, Level, Metadata, Subscriber};

    use super::*;

    /// What is logged: the level, and each field with its value.
    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<(Level, String)>>>);

    struct Fields(String);

    impl Visit for Fields {
        fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
            self.0 += &format!("{field}={value:?} ");
        }
    }

    impl Subscriber for Log {
        fn enabled(&self, _: &Metadata<'_>) -> bool {
            true
        }

        fn new_span(&self, _: &Attributes<'_>) -> Id {
            Id::from_u64(1)
        }

        fn record(&self, _: &Id, _: &Record<'_>) {}

        fn record_follows_from(&self, _: &Id, _: &Id) {}

        fn event(&self, event: &Event<'_>) {
            let mut fields = Fields(String::new());
            event.record(&mut fields);
            self.0.lock().unwrap().push((*event.metadata().level(), fields.0));
        }

        fn enter(&self, _: &Id) {}

        fn exit(&self, _: &Id) {}
    }

    #[test]
    fn a_refusal_is_in_the_log_with_its_reason_and_its_command() {
        let (state, log, command) = (ControlState::default(), Log::default(), CommandId::from_bytes([7; 16]));
        tracing::subscriber::with_default(log.clone(), || {
            state.refuse(Refusal::Statement(StatementError::Rollback), None);
            state.refuse(Refusal::Late, Some(command));
            (0..2).for_each(|_| state.refuse(Refusal::AnotherWorkstation, Some(command)));
        });
        let lines = log.0.lock().unwrap().clone();
        assert!(lines[0].0 == Level::WARN && lines[0].1.contains("reason=\"rolls_back\""), "{lines:?}");
        assert!(lines[1].0 == Level::WARN && lines[1].1.contains("reason=\"late\""), "{lines:?}");
        assert!(lines[1].1.contains(&format!("command={command}")), "{lines:?}");
        assert!(lines[2].0 == Level::DEBUG && lines[2].1.contains("reason=\"another_workstation\""), "{lines:?}");
        let kept = state.heard.lock().unwrap().refused.clone();
        assert_eq!(kept, [Refusal::Statement(StatementError::Rollback), Refusal::Late, Refusal::AnotherWorkstation]);
    }

    #[test]
    fn the_oldest_refusals_are_forgotten() {
        let state = ControlState::default();
        state.refuse(Refusal::Late, None);
        (0..REFUSALS).for_each(|_| state.refuse(Refusal::DoneBefore, None));
        assert_eq!(state.heard.lock().unwrap().refused, [Refusal::DoneBefore; REFUSALS]);
    }
}
