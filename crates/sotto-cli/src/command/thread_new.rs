//! How does `thread new` answer? With the thread's id and everything that is known of it.

use serde::Serialize;
use sotto_client::view::{CreateThreadRequest, PatientView, ThreadClass, ThreadView};
use sotto_protocol::ThreadId;

use super::{Context, find};
use crate::args::ThreadNewArgs;
use crate::failure::Outcome;

#[derive(Serialize)]
struct NewThread {
    thread: ThreadId,
    #[serde(flatten)]
    view: ThreadView,
}

/// Begins a thread.
///
/// # Errors
/// `not_found` for a name nobody has, and those of [`sotto_client::Session::create_thread`].
pub async fn run(args: ThreadNewArgs, context: &Context) -> Outcome {
    let mut members = Vec::with_capacity(args.with.len());
    for name in &args.with {
        members.push(find::person(&context.session, name).await?);
    }
    let patient = patient(&args);
    let class = args.class.map_or(if patient.is_some() { ThreadClass::Clinical } else { ThreadClass::Staff }, ThreadClass::from);
    let request = CreateThreadRequest { class, members, title: args.title, patient, reason: args.reason };
    let view = context.session.create_thread(request).await?;
    let new = NewThread { thread: view.row.thread, view };
    context.output.value(&new, |new| new.thread.to_string()).await
}

fn patient(args: &ThreadNewArgs) -> Option<PatientView> {
    Some(PatientView {
        family: args.patient_family.clone()?,
        given: args.patient_given.clone()?,
        preferred: None,
        birth_date: args.birth_date.clone()?,
        mrn: args.mrn.clone()?,
        pronouns: None,
        language: None,
        similar: None,
    })
}
