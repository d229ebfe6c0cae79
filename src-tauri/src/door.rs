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
    /// Somebody came in and has not entered: their recovery codes are on the lock window. Nothing is served.
    Waiting(S),
    /// Somebody is signed in.
    Unlocked(S),
    /// The lock has begun: unsaved drafts may still be saved, everything else answers `locked`.
    Closing(S),
}

/// What became of an opened session.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Opened<S> {
    /// It is the workstation's one session now.
    Taken,
    /// The workstation was locked meanwhile: close it again.
    Unwanted(S),
}

/// What a lock has to end.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Ending<S> {
    /// Nothing is open, or the lock is under way.
    Nothing,
    /// Nobody had entered: there is no content on the screen, only a session to close.
    Waiting(S),
    /// The content is on the screen.
    Unlocked(S),
}

impl<S: Clone> Door<S> {
    /// Begins to open. Gives the session that waited, whose person has left: it is closed before another one is opened.
    /// Fails with `conflict` while somebody is signed in or another password is being checked.
    pub fn begin_opening(&mut self) -> Result<(Attempt, Option<S>), ErrorCode> {
        if matches!(self, Self::Opening(_) | Self::Unlocked(_) | Self::Closing(_)) {
            return Err(ErrorCode::Conflict);
        }
        let attempt = Attempt(Arc::new(()));
        match std::mem::replace(self, Self::Opening(attempt.clone())) {
            Self::Waiting(left) => Ok((attempt, Some(left))),
            _ => Ok((attempt, None)),
        }
    }

    /// The password was wrong, or the vault did not open.
    pub fn give_up(&mut self, attempt: &Attempt) {
        if matches!(self, Self::Opening(current) if current == attempt) {
            *self = Self::Locked;
        }
    }

    /// The vault opened, and its person enters at once.
    pub fn open(&mut self, attempt: &Attempt, session: S) -> Opened<S> {
        self.take(attempt, session, Self::Unlocked)
    }

    /// The vault opened, and its person has something to write down before they enter.
    pub fn wait(&mut self, attempt: &Attempt, session: S) -> Opened<S> {
        self.take(attempt, session, Self::Waiting)
    }

    fn take(&mut self, attempt: &Attempt, session: S, as_state: impl FnOnce(S) -> Self) -> Opened<S> {
        if matches!(self, Self::Opening(current) if current == attempt) {
            *self = as_state(session);
            Opened::Taken
        } else {
            Opened::Unwanted(session)
        }
    }

    /// The person who came in enters: their session is served from here on. Fails with `locked` where none waits any more.
    pub fn enter(&mut self) -> Result<S, ErrorCode> {
        let Self::Waiting(session) = self else { return Err(ErrorCode::Locked) };
        let session = session.clone();
        *self = Self::Unlocked(session.clone());
        Ok(session)
    }

    /// The session, for everything. Fails with `locked`.
    pub fn session(&self) -> Result<S, ErrorCode> {
        match self {
            Self::Unlocked(session) => Ok(session.clone()),
            Self::Locked | Self::Opening(_) | Self::Waiting(_) | Self::Closing(_) => Err(ErrorCode::Locked),
        }
    }

    /// The session, to save what a person had begun; also during the first moments of the lock. Fails with `locked`.
    pub fn session_to_save(&self) -> Result<S, ErrorCode> {
        match self {
            Self::Unlocked(session) | Self::Closing(session) => Ok(session.clone()),
            Self::Locked | Self::Opening(_) | Self::Waiting(_) => Err(ErrorCode::Locked),
        }
    }

    /// Begins to lock; from here on everything answers `locked`. Gives the session to close, once; a password being checked is
    /// disregarded.
    pub fn begin_closing(&mut self) -> Ending<S> {
        match std::mem::replace(self, Self::Locked) {
            Self::Unlocked(session) => {
                *self = Self::Closing(session.clone());
                Ending::Unlocked(session)
            }
            Self::Closing(session) => {
                *self = Self::Closing(session);
                Ending::Nothing
            }
            Self::Waiting(session) => Ending::Waiting(session),
            Self::Locked | Self::Opening(_) => Ending::Nothing,
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
        let (attempt, _) = door.begin_opening().unwrap();
        assert_eq!(door.open(&attempt, "rosa"), Opened::Taken);
        door
    }

    fn come_in() -> Door<&'static str> {
        let mut door = Door::Locked;
        let (attempt, _) = door.begin_opening().unwrap();
        assert_eq!(door.wait(&attempt, "nora"), Opened::Taken);
        door
    }

    #[test]
    fn nothing_is_served_before_the_password_was_right() {
        let mut door: Door<&str> = Door::Locked;
        assert_eq!(door.session(), Err(ErrorCode::Locked));
        let (attempt, _) = door.begin_opening().unwrap();
        assert_eq!(door.session(), Err(ErrorCode::Locked));
        assert_eq!(door.session_to_save(), Err(ErrorCode::Locked));
        door.give_up(&attempt);
        assert_eq!(door.session(), Err(ErrorCode::Locked));
        assert_eq!(signed_in().session(), Ok("rosa"));
    }

    #[test]
    fn a_lock_lets_the_draft_through_and_then_nothing() {
        let mut door = signed_in();
        assert_eq!(door.begin_closing(), Ending::Unlocked("rosa"));
        assert_eq!(door.session(), Err(ErrorCode::Locked));
        assert_eq!(door.session_to_save(), Ok("rosa"));
        door.close();
        assert_eq!(door.session_to_save(), Err(ErrorCode::Locked));
    }

    #[test]
    fn the_hotkey_and_the_idle_time_together_lock_once() {
        let mut door = signed_in();
        assert_eq!(door.begin_closing(), Ending::Unlocked("rosa"));
        assert_eq!(door.begin_closing(), Ending::Nothing);
        assert_eq!(door.session_to_save(), Ok("rosa"), "the second one must not cut the first one's draft off");
    }

    #[test]
    fn a_lock_while_the_password_is_checked_wins() {
        let mut door = Door::Locked;
        let (attempt, _) = door.begin_opening().unwrap();
        assert_eq!(door.begin_closing(), Ending::Nothing);
        assert_eq!(door.open(&attempt, "rosa"), Opened::Unwanted("rosa"));
        assert_eq!(door.session(), Err(ErrorCode::Locked));
    }

    #[test]
    fn who_has_come_in_is_served_when_they_enter_and_once() {
        let mut door = come_in();
        assert_eq!(door.session(), Err(ErrorCode::Locked), "their codes are still on the screen");
        assert_eq!(door.session_to_save(), Err(ErrorCode::Locked));
        assert_eq!(door.enter(), Ok("nora"));
        assert_eq!(door.session(), Ok("nora"));
        assert_eq!(door.enter(), Err(ErrorCode::Locked));
        assert_eq!(door.session(), Ok("nora"));
    }

    #[test]
    fn a_session_that_waits_does_not_outlive_a_lock() {
        let mut door = come_in();
        assert_eq!(door.begin_closing(), Ending::Waiting("nora"));
        assert_eq!(door.enter(), Err(ErrorCode::Locked));
        assert_eq!(door.begin_closing(), Ending::Nothing);
        let (attempt, left) = door.begin_opening().unwrap();
        assert_eq!((left, door.begin_closing()), (None, Ending::Nothing));
        assert_eq!(door.wait(&attempt, "nora"), Opened::Unwanted("nora"), "locked while the code was checked");
        assert_eq!(door.enter(), Err(ErrorCode::Locked));
    }

    #[test]
    fn who_left_their_codes_on_the_screen_is_let_go_of_when_the_next_person_signs_in() {
        let mut door = come_in();
        let (rosa, left) = door.begin_opening().unwrap();
        assert_eq!(left, Some("nora"));
        assert_eq!(door.enter(), Err(ErrorCode::Locked));
        assert_eq!(door.open(&rosa, "rosa"), Opened::Taken);
        assert_eq!(door.session(), Ok("rosa"));
    }

    #[test]
    fn a_password_checked_before_the_lock_does_not_open_for_the_next_person() {
        let mut door = Door::Locked;
        let (rosa, _) = door.begin_opening().unwrap();
        door.begin_closing();
        let (marcus, _) = door.begin_opening().unwrap();
        assert_eq!(door.open(&rosa, "rosa"), Opened::Unwanted("rosa"));
        door.give_up(&rosa);
        assert_eq!(door.open(&marcus, "marcus"), Opened::Taken);
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
