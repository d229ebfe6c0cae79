//! Who works at the demo clinic, who its patients are and what is said there: the same at every start, and nobody of it real.

use std::collections::HashSet;

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;
use sotto_protocol::entry::ThreadClass;
use sotto_protocol::event::Priority;
use sotto_protocol::role::{Permission, Role};

mod parse;

/// The password of everybody in the demo clinic. Printed wherever it is used.
pub const PASSWORD: &str = "demo valley clinic";

/// Somebody who works there.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Staff {
    /// How the threads' files call them; also what `--as` takes.
    pub key: String,
    /// As colleagues call them.
    pub name: String,
    /// What they do.
    pub title: String,
    /// What they may do.
    pub role: Role,
    /// What a custom role may do.
    #[serde(default)]
    pub permissions: Vec<Permission>,
    /// Whether they sit at the demo's shared workstation; the others have one of their own.
    #[serde(default)]
    pub here: bool,
}

impl Staff {
    /// Whether their role opens threads of this class.
    #[must_use]
    pub fn may_be_in(&self, class: ThreadClass) -> bool {
        let given = if self.role == Role::Custom { &self.permissions } else { self.role.permissions() };
        given.contains(&Permission::of(class))
    }
}

/// A patient. The family name says that nobody is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SamplePatient {
    /// Family name, in capitals.
    pub family: String,
    /// Given name.
    pub given: String,
    /// What they like to be called.
    pub preferred: Option<String>,
    /// `YYYY-MM-DD`.
    pub birth_date: String,
    /// `DEMO-` and six digits.
    pub mrn: String,
    /// Pronouns.
    pub pronouns: Option<String>,
    /// Spoken language, where it is not English.
    pub language: Option<String>,
}

/// A line that somebody wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleMessage {
    /// The author's key.
    pub author: String,
    /// How pressing.
    pub priority: Priority,
    /// What it says.
    pub text: String,
    /// How long before "now" it was written, in milliseconds.
    pub age_ms: u64,
}

/// A thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleThread {
    /// What it is about.
    pub class: ThreadClass,
    /// A title, where neither patient nor members say enough.
    pub title: Option<String>,
    /// The patient.
    pub patient: Option<SamplePatient>,
    /// The reason for contact.
    pub reason: Option<String>,
    /// The keys of its members; the first makes the thread.
    pub members: Vec<String>,
    /// What was said, oldest first.
    pub log: Vec<SampleMessage>,
}

/// The whole clinic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntheticClinic {
    /// What it calls itself.
    pub name: String,
    /// About twelve people in real roles.
    pub staff: Vec<Staff>,
    /// Forty patients.
    pub patients: Vec<SamplePatient>,
    /// Sixty threads.
    pub threads: Vec<SampleThread>,
}

impl SyntheticClinic {
    /// The clinic, from the files beside this one.
    ///
    /// # Errors
    /// Only if somebody broke those files; the tests of this module would say so.
    pub fn load() -> Result<Self> {
        let people: parse::People = toml::from_str(include_str!("people.toml")).context("people.toml does not parse")?;
        let patients =
            people.patients.list.iter().zip(1..).map(|(line, number)| parse::patient(line, number)).collect::<Result<Vec<_>>>()?;
        let mut threads = Vec::new();
        for (name, text) in [
            ("clinical.toml", include_str!("clinical.toml")),
            ("desk.toml", include_str!("desk.toml")),
            ("team.toml", include_str!("team.toml")),
        ] {
            let file: parse::ThreadsFile = toml::from_str(text).with_context(|| format!("{name} does not parse"))?;
            for thread in file.thread {
                threads.push(parse::thread(thread, &patients).with_context(|| format!("a thread of {name}"))?);
            }
        }
        let clinic = Self { name: people.clinic, staff: people.staff, patients, threads };
        clinic.check()?;
        Ok(clinic)
    }

    /// Leaves out whoever `stays` does not name, what they wrote, and the threads that nobody would share or write in.
    pub fn keep_only(&mut self, stays: impl Fn(&str) -> bool) {
        self.staff.retain(|one| stays(&one.key));
        for thread in &mut self.threads {
            thread.members.retain(|key| stays(key));
            thread.log.retain(|line| stays(&line.author));
        }
        self.threads.retain(|thread| thread.members.len() > 1 && !thread.log.is_empty());
    }

    /// The one person whose key, name or part of a name that is.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Staff> {
        let wanted = name.to_lowercase();
        let mut found = self.staff.iter().filter(|s| s.key == wanted || s.name.to_lowercase().contains(&wanted));
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    fn check(&self) -> Result<()> {
        let keys: HashSet<&str> = self.staff.iter().map(|s| s.key.as_str()).collect();
        for thread in &self.threads {
            if let Some(closed) = self.staff.iter().find(|s| thread.members.contains(&s.key) && !s.may_be_in(thread.class)) {
                bail!("{} is in a thread that their role does not open", closed.key);
            }
            for member in &thread.members {
                if !keys.contains(member.as_str()) {
                    bail!("a thread names {member}, who is not on the staff");
                }
            }
            if let Some(line) = thread.log.iter().find(|line| !thread.members.contains(&line.author)) {
                bail!("{} writes in a thread without being its member", line.author);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clinic_has_the_size_of_a_small_one() {
        let clinic = SyntheticClinic::load().unwrap();
        assert_eq!((clinic.staff.len(), clinic.patients.len(), clinic.threads.len()), (12, 40, 60));
        assert!(clinic.staff.iter().filter(|s| s.here).count() >= 3, "the sign-in screen shows several tiles");
        assert!(clinic.find("daniel").is_some_and(|s| !s.here), "the physician sits elsewhere");
    }

    #[test]
    fn a_smaller_one_has_what_those_people_share() {
        let mut clinic = SyntheticClinic::load().unwrap();
        clinic.keep_only(|key| ["amara", "ines"].contains(&key));
        assert_eq!(clinic.staff.len(), 2);
        assert!(!clinic.threads.is_empty() && clinic.threads.iter().all(|thread| thread.members.len() == 2 && !thread.log.is_empty()));
        assert!(clinic.check().is_ok());
    }

    #[test]
    fn nobody_could_be_taken_for_a_real_patient() {
        let synthetic = "SAMPLE EXAMPLE SPECIMEN MUESTRA PLACEHOLDER TEMPLATE EJEMPLO FIXTURE DEMO FACSIMILE \
            IMAGINARY VIGNETTE TRIAL PRUEBA MOCK NONESUCH PROTOTYPE PRETEND DUMMY PLANTILLA \
            MANNEQUIN SANDBOX REPLICA SYNTHETIC NOBODY MODELO STANDIN FICTICIA SIMULATION INVENTADO \
            PHANTOM BLANK UNREAL SCENARIO DRAFT TESTCASE SKETCH SUPUESTO HYPOTHESIS";
        let clinic = SyntheticClinic::load().unwrap();
        let mut numbers = HashSet::new();
        for patient in &clinic.patients {
            assert!(synthetic.split(' ').any(|word| word == patient.family), "{} is no word for a sample", patient.family);
            assert!(patient.mrn.starts_with("DEMO-") && numbers.insert(patient.mrn.clone()));
        }
    }

    #[test]
    fn every_text_is_one_the_protocol_takes() {
        for thread in SyntheticClinic::load().unwrap().threads {
            assert!(!thread.log.is_empty() && thread.members.len() >= 2);
            assert!(thread.log.windows(2).all(|pair| pair[0].age_ms > pair[1].age_ms), "oldest first");
            for line in thread.log {
                let message = sotto_protocol::event::Message { text: line.text, priority: line.priority, answers: Vec::new() };
                assert_eq!(sotto_protocol::event::Event::Message(message).check(), Ok(()));
            }
        }
    }

    #[test]
    fn both_languages_and_every_priority_occur_and_an_alarm_is_only_a_drill() {
        let clinic = SyntheticClinic::load().unwrap();
        let lines: Vec<_> = clinic.threads.iter().flat_map(|t| &t.log).collect();
        assert!(lines.iter().filter(|l| l.text.contains(['ñ', 'á', 'é', 'í', 'ó', 'ú', '¿'])).count() > 20);
        for priority in [Priority::Fyi, Priority::Action, Priority::Concern, Priority::Stat] {
            assert!(lines.iter().any(|l| l.priority == priority), "nobody uses {priority:?}");
        }
        for line in lines.iter().filter(|l| l.priority == Priority::Stat) {
            assert!(line.text.starts_with("DRILL ONLY"));
        }
    }
}
