//! Who is who in the organisation? The verified directory and the names that the directory key opens.

use std::collections::HashMap;

use sotto_crypto::Secret32;
use sotto_crypto::profile::{open_clinic, open_location, open_profile, open_workstation};
use sotto_protocol::directory::Directory;
use sotto_protocol::entry::ThreadClass;
use sotto_protocol::statement::{Profile, WorkstationProfile};
use sotto_protocol::{AccountId, TokenId, WorkstationId};

use crate::view::{CustodianView, MemberView, derive_initials};

/// The directory with its names opened. Lives only while the session is unlocked.
#[derive(Clone)]
pub(crate) struct People {
    /// The chain's verified state.
    pub directory: Directory,
    names: HashMap<AccountId, Profile>,
    /// Machines, and tokens for machines, by token; each where it stands now.
    machines: HashMap<TokenId, WorkstationProfile>,
    clinic: String,
}

impl People {
    /// Opens every name. A profile that does not open leaves its account nameless, not absent.
    pub fn new(directory: Directory, directory_key: &Secret32) -> Self {
        let open = |account, sealed: &[u8]| open_profile(directory_key, account, sealed).ok().map(|profile| (account, profile));
        let invited = directory.invites().filter(|(invite, used)| !used && directory.account(&invite.account).is_none());
        let invited = invited.filter_map(|(invite, _)| open(invite.account, &invite.profile));
        let names = directory.accounts().filter_map(|(id, account)| open(*id, &account.profile)).chain(invited).collect();
        let mut machines: HashMap<_, _> = directory
            .tokens()
            .filter_map(|(token, _)| {
                open_workstation(directory_key, token.token, &token.profile).ok().map(|profile| (token.token, profile))
            })
            .collect();
        for cert in directory.workstations() {
            let held = directory.custody(&cert.workstation).zip(machines.get_mut(&cert.token));
            if let Some((custody, profile)) = held {
                // One that was sealed under another key leaves the place unknown; the token's is an older one.
                profile.location = open_location(directory_key, cert.workstation, &custody.location).unwrap_or_default();
            }
        }
        let clinic = directory.policy().and_then(|policy| open_clinic(directory_key, directory.org(), &policy.name).ok());
        Self { names, machines, clinic: clinic.unwrap_or_default(), directory }
    }

    /// What the clinic calls itself.
    pub fn clinic(&self) -> &str {
        &self.clinic
    }

    /// How an account is called; the start of its id where no profile opens.
    pub fn name(&self, account: &AccountId) -> String {
        self.names.get(account).map_or_else(|| account.to_string().chars().take(8).collect(), |profile| profile.name.clone())
    }

    /// What an account does.
    pub fn title(&self, account: &AccountId) -> &str {
        self.names.get(account).map_or("", |profile| &profile.title)
    }

    /// How a machine is called.
    pub fn machine(&self, workstation: &WorkstationId) -> Option<&WorkstationProfile> {
        self.machine_of(&self.directory.workstation(workstation)?.token)
    }

    /// How the machine is called, or is to be, that a token is for.
    pub fn machine_of(&self, token: &TokenId) -> Option<&WorkstationProfile> {
        self.machines.get(token)
    }

    /// Who answers for a machine.
    pub fn custodian(&self, workstation: &WorkstationId) -> Option<CustodianView> {
        let account = self.directory.custody(workstation)?.custodian?;
        Some(CustodianView { account, name: self.name(&account), revoked: self.is_revoked(&account) })
    }

    /// Whether an account is out.
    pub fn is_revoked(&self, account: &AccountId) -> bool {
        self.directory.sealing_key(account).is_none()
    }

    /// The classes of threads that an account may be in now.
    pub fn classes_of(&self, account: &AccountId) -> Vec<ThreadClass> {
        let all = [ThreadClass::Clinical, ThreadClass::Scheduling, ThreadClass::Billing, ThreadClass::Staff];
        all.into_iter().filter(|class| self.directory.may_be_in(account, *class)).collect()
    }

    /// An account as a member.
    pub fn member(&self, account: AccountId) -> MemberView {
        let name = self.name(&account);
        MemberView {
            account,
            initials: derive_initials(&name),
            title: self.title(&account).to_owned(),
            revoked: self.is_revoked(&account),
            name,
        }
    }
}
