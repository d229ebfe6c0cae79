//! Who may be served now? Nobody while locked: the states have no session to hand out.

use std::sync::Arc;

use sotto_client::view::ErrorCode;

/// Tells one attempt to sign in from the next.
#[derive(Debug, Clone)]
pub(crate) struct Attempt(Arc<()>);

impl PartialEq for Attempt {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// The state of the workstation's one session. Generic over the session so that the transitions are tested without a server.
#[derive(Debug)]
pub(crate) enum Door<S> {
    /// Nobody is signed in.
    Locked,
    /// A password is being checked.
    Opening(Attempt),
    /// Somebody is signed in.
    Unlocked(S),
    /// The lock has begun: unsaved drafts may still be saved, everything else answers `locked`.
    Closing(S),
}

/// What became of an opened session.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Opened<S> {
    /// It is the one that is served now.
    Served,
    /// The workstation was locked meanwhile: close it again.
    Unwanted(S),
}

impl<S: Clone> Door<S> {
    /// Begins to open. Fails with `conflict` while somebody is signed in or another password is being checked.
    pub fn begin_opening(&mut self) -> Result<Attempt, ErrorCode> {
        match self {
            Self::Locked => {
                let attempt = Attempt(Arc::new(()));
                *self = Self::Opening(attempt.clone());
                Ok(attempt)
            }
            Self::Opening(_) | Self::Unlocked(_) | Self::Closing(_) => Err(ErrorCode::Conflict),
        }
    }

    /// The password was wrong, or the vault did not open.
    pub fn give_up(&mut self, attempt: &Attempt) {
        if matches!(self, Self::Opening(current) if current == attempt) {
            *self = Self::Locked;
        }
    }

    /// The vault opened.
    pub fn open(&mut self, attempt: &Attempt, session: S) -> Opened<S> {
        if matches!(self, Self::Opening(current) if current == attempt) {
            *self = Self::Unlocked(session);
            Opened::Served
        } else {
            Opened::Unwanted(session)
        }
    }

    /// The session, for everything. Fails with `locked`.
    pub fn session(&self) -> Result<S, ErrorCode> {
        match self {
            Self::Unlocked(session) => Ok(session.clone()),
            Self::Locked | Self::Opening(_) | Self::Closing(_) => Err(ErrorCode::Locked),
        }
    }

    /// The session, to save what a person had begun; also during the first moments of the lock. Fails with `locked`.
    pub fn session_to_save(&self) -> Result<S, ErrorCode> {
        match self {
            Self::Unlocked(session) | Self::Closing(session) => Ok(session.clone()),
            Self::Locked | Self::Opening(_) => Err(ErrorCode::Locked),
        }
    }

    /// Begins to lock; from here on everything answers `locked`. The session to close, once; a password being checked is disregarded.
    pub fn begin_closing(&mut self) -> Option<S> {
        match std::mem::replace(self, Self::Locked) {
            Self::Unlocked(session) => {
                *self = Self::Closing(session.clone());
                Some(session)
            }
            Self::Closing(session) => {
                *self = Self::Closing(session);
                None
            }
            Self::Locked | Self::Opening(_) => None,
        }
    }

    /// The last draft is saved: nothing is served any more.
    pub fn close(&mut self) {
        if matches!(self, Self::Closing(_)) {
            *self = Self::Locked;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed_in() -> Door<&'static str> {
        let mut door = Door::Locked;
        let attempt = door.begin_opening().unwrap();
        assert_eq!(door.open(&attempt, "rosa"), Opened::Served);
        door
    }

    #[test]
    fn nothing_is_served_before_the_password_was_right() {
        let mut door: Door<&str> = Door::Locked;
        assert_eq!(door.session(), Err(ErrorCode::Locked));
        let attempt = door.begin_opening().unwrap();
        assert_eq!(door.session(), Err(ErrorCode::Locked));
        assert_eq!(door.session_to_save(), Err(ErrorCode::Locked));
        door.give_up(&attempt);
        assert_eq!(door.session(), Err(ErrorCode::Locked));
        assert_eq!(signed_in().session(), Ok("rosa"));
    }

    #[test]
    fn a_lock_lets_the_draft_through_and_then_nothing() {
        let mut door = signed_in();
        assert_eq!(door.begin_closing(), Some("rosa"));
        assert_eq!(door.session(), Err(ErrorCode::Locked));
        assert_eq!(door.session_to_save(), Ok("rosa"));
        door.close();
        assert_eq!(door.session_to_save(), Err(ErrorCode::Locked));
    }

    #[test]
    fn the_hotkey_and_the_idle_time_together_lock_once() {
        let mut door = signed_in();
        assert_eq!(door.begin_closing(), Some("rosa"));
        assert_eq!(door.begin_closing(), None);
        assert_eq!(door.session_to_save(), Ok("rosa"), "the second one must not cut the first one's draft off");
    }

    #[test]
    fn a_lock_while_the_password_is_checked_wins() {
        let mut door = Door::Locked;
        let attempt = door.begin_opening().unwrap();
        assert_eq!(door.begin_closing(), None);
        assert_eq!(door.open(&attempt, "rosa"), Opened::Unwanted("rosa"));
        assert_eq!(door.session(), Err(ErrorCode::Locked));
    }

    #[test]
    fn a_password_checked_before_the_lock_does_not_open_for_the_next_person() {
        let mut door = Door::Locked;
        let rosa = door.begin_opening().unwrap();
        door.begin_closing();
        let marcus = door.begin_opening().unwrap();
        assert_eq!(door.open(&rosa, "rosa"), Opened::Unwanted("rosa"));
        door.give_up(&rosa);
        assert_eq!(door.open(&marcus, "marcus"), Opened::Served);
        assert_eq!(door.session(), Ok("marcus"));
    }

    #[test]
    fn two_people_cannot_sign_in_at_once() {
        let mut door: Door<&str> = Door::Locked;
        door.begin_opening().unwrap();
        assert_eq!(door.begin_opening(), Err(ErrorCode::Conflict));
        assert_eq!(signed_in().begin_opening(), Err(ErrorCode::Conflict));
        let mut closing = signed_in();
        closing.begin_closing();
        assert_eq!(closing.begin_opening(), Err(ErrorCode::Conflict));
    }
}
