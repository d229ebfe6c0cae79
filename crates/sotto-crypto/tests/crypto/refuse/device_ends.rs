//! Attacks on how people end their own devices: others' devices, others' keys, lists that say nothing new.

use sotto_crypto::{SigningKey, statement};
use sotto_protocol::directory::StatementError;
use sotto_protocol::statement::{DeviceEnd, Revocations, Signed, Signer, Statement};
use sotto_protocol::{DeviceId, OrgId};

use super::{Refused, refused, replace};
use crate::clinic::{Clinic, DAY, MONDAY, Person, id, seed};

impl Clinic {
    /// What ends Omar's device in his office, by this person.
    pub fn device_end(&self, person: &Person) -> DeviceEnd {
        let (account, generation) = (person.account, person.generation);
        DeviceEnd { org: self.org, account, generation, devices: vec![in_the_office()], issued_at: MONDAY + DAY }
    }

    /// Omar signs in at his office too.
    pub fn omar_in_the_office(&self) -> Signed {
        let mut cert = self.device_cert(&self.omar);
        (cert.device, cert.workstation) = (in_the_office(), self.office.workstation);
        self.sign_device_cert(&self.omar, &cert)
    }

    pub fn by_person(&self, person: &Person, end: &DeviceEnd) -> Signed {
        statement::sign(&person.signer(), &Statement::DeviceEnd(end.clone()), &person.signing)
    }
}

/// Omar's device in his office.
pub fn in_the_office() -> DeviceId {
    DeviceId::from_bytes(id("omar's office device"))
}

/// All of them.
pub fn all(c: &Clinic) -> Vec<Refused> {
    let mut list = strangers(c);
    list.extend(lists(c));
    list
}

fn strangers(c: &Clinic) -> Vec<Refused> {
    let end = c.device_end(&c.omar);
    let with = |name, signed, error| Refused { name, before: vec![c.omar_in_the_office()], signed, error };
    let (server, is) = (SigningKey::from_seed(seed("the server's own key")), StatementError::NotPermitted);
    let next_keys = Signer::Account(c.omar.account, 2);
    let elsewhere = DeviceEnd { org: OrgId::from_bytes(id("another clinic")), ..end.clone() };
    let out = Revocations { accounts: vec![(c.omar.account, 1)], ..c.revocations(2, vec![c.june.device]) };
    vec![
        with("Omar's device ended by June's keys in her name", c.by_person(&c.june, &c.device_end(&c.june)), is),
        with("Omar's device ended by June's keys in his name", c.by_person(&c.june, &end), is),
        with("Omar's device ended by the admin", c.by_admin(&Statement::DeviceEnd(end.clone())), is),
        with("Omar's device ended by the root", c.by_root(&Statement::DeviceEnd(end.clone())), is),
        with(
            "Omar's device ended by the server",
            statement::sign(&c.omar.signer(), &Statement::DeviceEnd(end.clone()), &server),
            StatementError::BadSignature,
        ),
        with(
            "Omar's device ended by keys nobody certified",
            statement::sign(&next_keys, &Statement::DeviceEnd(end.clone()), &server),
            StatementError::UnknownSigner,
        ),
        with(
            "Omar's device ended under another generation than signs",
            c.by_person(&c.omar, &DeviceEnd { generation: 2, ..end.clone() }),
            is,
        ),
        with("a device ended in another organisation", c.by_person(&c.omar, &elsewhere), StatementError::UnknownSigner),
        Refused {
            name: "a device ended by keys that are out",
            before: vec![c.omar_in_the_office(), c.by_admin(&Statement::Revocations(out))],
            signed: c.by_person(&c.omar, &end),
            error: is,
        },
        Refused {
            name: "a device ended by keys that a newer generation replaced",
            before: [vec![c.omar_in_the_office()], replace(c, &c.omar, "omar anew")].concat(),
            signed: c.by_person(&c.omar, &end),
            error: is,
        },
    ]
}

fn lists(c: &Clinic) -> Vec<Refused> {
    let with = |name, mut devices: Vec<DeviceId>, sort: bool, error| {
        if sort {
            devices.sort_unstable();
        }
        let end = DeviceEnd { devices, ..c.device_end(&c.omar) };
        Refused { name, before: vec![c.omar_in_the_office()], signed: c.by_person(&c.omar, &end), error }
    };
    let mut falling = vec![c.omar.device, in_the_office()];
    falling.sort_unstable_by(|one, next| next.cmp(one));
    let ended = c.by_person(&c.omar, &c.device_end(&c.omar));
    vec![
        with("one's own device ended along with another's", vec![in_the_office(), c.nadia.device], true, StatementError::NotPermitted),
        with("a device ended that is not there", vec![DeviceId::from_bytes(id("nowhere"))], true, StatementError::NotPermitted),
        with("no device ended", Vec::new(), true, StatementError::Malformed),
        with("a device ended twice in one list", vec![in_the_office(), in_the_office()], true, StatementError::Malformed),
        with("devices ended in a falling list", falling, false, StatementError::Malformed),
        Refused {
            name: "a device ended again",
            before: vec![c.omar_in_the_office(), ended.clone()],
            signed: ended,
            error: StatementError::Duplicate,
        },
        refused(
            "a device ended that is revoked",
            c.by_person(&c.june, &DeviceEnd { devices: vec![c.june.device], ..c.device_end(&c.june) }),
            StatementError::Duplicate,
        ),
    ]
}
