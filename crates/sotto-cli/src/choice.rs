//! Which words stand for a filter, an urgency and a class on the command line?

use clap::ValueEnum;
use sotto_client::view::{
    AttachmentType, CommandReason, IncidentOutcome, IncidentReason, Priority, ThreadClass, ThreadFilter, WorkstationKind,
};

/// [`ThreadFilter`] on the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Filter {
    /// All you are in.
    Mine,
    /// With something unread.
    Unread,
    /// About a patient.
    Patients,
    /// About none.
    Team,
}

impl From<Filter> for ThreadFilter {
    fn from(filter: Filter) -> Self {
        match filter {
            Filter::Mine => Self::Mine,
            Filter::Unread => Self::Unread,
            Filter::Patients => Self::Patients,
            Filter::Team => Self::Team,
        }
    }
}

/// [`Priority`] on the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Urgency {
    /// For your information.
    Fyi,
    /// Something to do.
    Action,
    /// Call me.
    Concern,
    /// Now.
    Stat,
}

impl From<Urgency> for Priority {
    fn from(urgency: Urgency) -> Self {
        match urgency {
            Urgency::Fyi => Self::Fyi,
            Urgency::Action => Self::Action,
            Urgency::Concern => Self::Concern,
            Urgency::Stat => Self::Stat,
        }
    }
}

/// [`ThreadClass`] on the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Class {
    /// About care.
    Clinical,
    /// About appointments.
    Scheduling,
    /// About money.
    Billing,
    /// Among staff, about no patient.
    Staff,
}

impl From<Class> for ThreadClass {
    fn from(class: Class) -> Self {
        match class {
            Class::Clinical => Self::Clinical,
            Class::Scheduling => Self::Scheduling,
            Class::Billing => Self::Billing,
            Class::Staff => Self::Staff,
        }
    }
}

/// [`WorkstationKind`] on the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Kind {
    /// Whoever is on shift.
    Shared,
    /// One person.
    Private,
}

impl From<Kind> for WorkstationKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Shared => Self::Shared,
            Kind::Private => Self::Private,
        }
    }
}

/// [`AttachmentType`] on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FileType {
    /// Pictures.
    Image,
    /// PDF.
    Pdf,
    /// Documents, tables and slides of an office program.
    Office,
    /// Words without a form.
    Text,
    /// Sound.
    Audio,
    /// Films.
    Video,
}

impl From<FileType> for AttachmentType {
    fn from(of: FileType) -> Self {
        match of {
            FileType::Image => Self::Image,
            FileType::Pdf => Self::Pdf,
            FileType::Office => Self::Office,
            FileType::Text => Self::Text,
            FileType::Audio => Self::Audio,
            FileType::Video => Self::Video,
        }
    }
}

/// Whether something is so, on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Switch {
    /// It is.
    On,
    /// It is not.
    Off,
}

impl From<Switch> for bool {
    fn from(switch: Switch) -> Self {
        switch == Switch::On
    }
}

/// [`CommandReason`] on the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Reason {
    /// Nobody knows where the machine is.
    Lost,
    /// It was taken.
    Stolen,
    /// Somebody left the clinic.
    Leaver,
    /// It is given away or thrown away.
    Retired,
    /// Somebody may have got at it.
    Suspected,
    /// None of these.
    Routine,
}

impl From<Reason> for CommandReason {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::Lost => Self::Lost,
            Reason::Stolen => Self::Stolen,
            Reason::Leaver => Self::Leaver,
            Reason::Retired => Self::Retired,
            Reason::Suspected => Self::Suspected,
            Reason::Routine => Self::Routine,
        }
    }
}

/// [`IncidentReason`] on the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Loss {
    /// Nobody knows where the machine is.
    Lost,
    /// It was taken.
    Stolen,
}

impl From<Loss> for IncidentReason {
    fn from(loss: Loss) -> Self {
        match loss {
            Loss::Lost => Self::Lost,
            Loss::Stolen => Self::Stolen,
        }
    }
}

/// [`IncidentOutcome`] on the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Ending {
    /// The machine is back, or was never away.
    Found,
    /// Its own receipt says that it is wiped.
    Wiped,
    /// Nobody waits for it any more.
    WrittenOff,
}

impl From<Ending> for IncidentOutcome {
    fn from(ending: Ending) -> Self {
        match ending {
            Ending::Found => Self::Found,
            Ending::Wiped => Self::Wiped,
            Ending::WrittenOff => Self::WrittenOff,
        }
    }
}
