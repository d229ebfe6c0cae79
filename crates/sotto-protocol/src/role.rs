//! Who may do what? The table of roles and permissions: the only one there is; server, client and window all ask it.

use serde::{Deserialize, Serialize};

use crate::entry::ThreadClass;

/// What a person does in the clinic, which decides the least they need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Treats patients.
    Physician,
    /// Cares for patients.
    Nurse,
    /// Receives patients and makes appointments.
    FrontDesk,
    /// Writes bills.
    Billing,
    /// Lets people and machines in and shuts them out; reads no thread.
    ItAdmin,
    /// Looks at who is in, where and since when; changes nothing and reads no thread.
    PrivacyOfficer,
    /// What its grant lists, and nothing else.
    Custom,
}

/// One thing that somebody may do. The order is the one in which a grant lists them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// To be in clinical threads, and with that to find, search, count and begin them.
    Clinical,
    /// The same of threads about appointments.
    Scheduling,
    /// The same of threads about bills.
    Billing,
    /// The same of threads among staff.
    Staff,
    /// To invite people, set their roles and shut them out.
    People,
    /// To let machines in and shut them out.
    Workstations,
    /// To look at the lists of people, machines and sign-ins.
    Review,
    /// To save files of the threads they are in outside of Sotto, where it protects them no longer.
    Export,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 7] =
        [Self::Physician, Self::Nurse, Self::FrontDesk, Self::Billing, Self::ItAdmin, Self::PrivacyOfficer, Self::Custom];

    /// The word on the wire, in commands and in lists.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Physician => "physician",
            Self::Nurse => "nurse",
            Self::FrontDesk => "front_desk",
            Self::Billing => "billing",
            Self::ItAdmin => "it_admin",
            Self::PrivacyOfficer => "privacy_officer",
            Self::Custom => "custom",
        }
    }

    /// The role of that word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }

    /// What the role may do, in the order of [`Permission`]; of [`Self::Custom`] the grant's own list says it.
    #[must_use]
    pub const fn permissions(self) -> &'static [Permission] {
        match self {
            Self::Physician | Self::Nurse => &[Permission::Clinical, Permission::Scheduling, Permission::Staff, Permission::Export],
            Self::FrontDesk => &[Permission::Scheduling, Permission::Staff],
            Self::Billing => &[Permission::Billing, Permission::Staff],
            Self::ItAdmin => &[Permission::People, Permission::Workstations],
            Self::PrivacyOfficer => &[Permission::Review],
            Self::Custom => &[],
        }
    }
}

impl Permission {
    /// Every permission, in order.
    pub const ALL: [Self; 8] =
        [Self::Clinical, Self::Scheduling, Self::Billing, Self::Staff, Self::People, Self::Workstations, Self::Review, Self::Export];

    /// The word on the wire, in commands and in lists.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Clinical => "clinical",
            Self::Scheduling => "scheduling",
            Self::Billing => "billing",
            Self::Staff => "staff",
            Self::People => "people",
            Self::Workstations => "workstations",
            Self::Review => "review",
            Self::Export => "export",
        }
    }

    /// The permission of that word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|permission| permission.as_str() == word)
    }

    /// What it takes to be in a thread of this class.
    #[must_use]
    pub const fn of(class: ThreadClass) -> Self {
        match class {
            ThreadClass::Clinical => Self::Clinical,
            ThreadClass::Scheduling => Self::Scheduling,
            ThreadClass::Billing => Self::Billing,
            ThreadClass::Staff => Self::Staff,
        }
    }

    /// The class of threads it opens, if it opens one.
    #[must_use]
    pub const fn class(self) -> Option<ThreadClass> {
        match self {
            Self::Clinical => Some(ThreadClass::Clinical),
            Self::Scheduling => Some(ThreadClass::Scheduling),
            Self::Billing => Some(ThreadClass::Billing),
            Self::Staff => Some(ThreadClass::Staff),
            Self::People | Self::Workstations | Self::Review | Self::Export => None,
        }
    }

    /// Whether it changes who and what is let in.
    #[must_use]
    pub const fn administers(self) -> bool {
        matches!(self, Self::People | Self::Workstations)
    }
}

/// Whether a list has both what administers and what opens threads: nobody may have both.
#[must_use]
pub fn is_mixed(permissions: &[Permission]) -> bool {
    permissions.iter().any(|one| one.administers()) && permissions.iter().any(|one| one.class().is_some())
}

/// Which classes of threads somebody may be in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Classes(u8);

impl Classes {
    /// None of them.
    pub const NONE: Self = Self(0);
    /// All of them.
    pub const ALL: Self = Self(0b1111);

    /// The classes that a list of permissions opens.
    #[must_use]
    pub fn of(permissions: &[Permission]) -> Self {
        Self(permissions.iter().filter_map(|one| one.class()).fold(0, |bits, class| bits | bit(class)))
    }

    /// Whether the class is among them.
    #[must_use]
    pub const fn contains(self, class: ThreadClass) -> bool {
        self.0 & bit(class) != 0
    }
}

const fn bit(class: ThreadClass) -> u8 {
    match class {
        ThreadClass::Clinical => 1,
        ThreadClass::Scheduling => 2,
        ThreadClass::Billing => 4,
        ThreadClass::Staff => 8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_the_wire_and_come_back() {
        for role in Role::ALL {
            assert_eq!(serde_json::to_string(&role).unwrap(), format!("\"{}\"", role.as_str()));
            assert_eq!(Role::parse(role.as_str()), Some(role));
        }
        for permission in Permission::ALL {
            assert_eq!(serde_json::to_string(&permission).unwrap(), format!("\"{}\"", permission.as_str()));
            assert_eq!(Permission::parse(permission.as_str()), Some(permission));
        }
        assert_eq!(Role::parse("Nurse"), None);
    }

    #[test]
    fn nobody_who_administers_is_in_a_thread_and_every_list_is_in_order() {
        for role in Role::ALL {
            assert!(!is_mixed(role.permissions()), "{role:?}");
            assert!(role.permissions().is_sorted_by(|a, b| a < b), "{role:?}");
        }
        assert!(is_mixed(&[Permission::Clinical, Permission::People]));
        assert!(!is_mixed(&[Permission::People, Permission::Workstations, Permission::Review]));
        assert!(!is_mixed(&[Permission::Staff, Permission::Review]));
        assert!(!is_mixed(&[Permission::Staff, Permission::Export]));
    }

    #[test]
    fn every_class_has_its_permission() {
        for class in [ThreadClass::Clinical, ThreadClass::Scheduling, ThreadClass::Billing, ThreadClass::Staff] {
            assert_eq!(Permission::of(class).class(), Some(class));
            assert!(Classes::ALL.contains(class) && !Classes::NONE.contains(class));
            assert!(Classes::of(&[Permission::of(class)]).contains(class));
        }
    }
}
