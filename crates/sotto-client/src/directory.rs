//! Who is in the organisation, and whom can one write to?

use sotto_protocol::DeviceId;

use crate::error::Result;
use crate::permissions::{permissions, require};
use crate::session::Session;
use crate::statements::revoke;
use crate::view::DirectoryPerson;

impl Session {
    /// Everybody who has keys, by name.
    ///
    /// # Errors
    /// `locked`.
    pub async fn directory(&self) -> Result<Vec<DirectoryPerson>> {
        let call = self.enter()?;
        let (people, me) = (call.core().people(), call.core().account);
        let mut persons: Vec<DirectoryPerson> = people
            .directory
            .accounts()
            .map(|(account, _)| {
                let member = people.member(*account);
                let (account, name, title, initials) = (member.account, member.name, member.title, member.initials);
                DirectoryPerson {
                    account,
                    name,
                    title,
                    initials,
                    me: account == me,
                    revoked: member.revoked,
                    classes: people.classes_of(&account),
                }
            })
            .collect();
        persons.sort_by_cached_key(|person| (person.name.to_lowercase(), person.account));
        Ok(persons)
    }

    /// Shuts a device out. Needs the server.
    ///
    /// # Errors
    /// `locked`, `not_found`, `not_permitted`; those of the server.
    pub async fn revoke_device(&self, device: DeviceId) -> Result<()> {
        let call = self.enter()?;
        require(permissions(call.core()).people)?;
        call.run(revoke(call.core(), |list, people| {
            people.device(&device)?;
            list.devices.push(device);
            Some(())
        }))
        .await
    }
}
