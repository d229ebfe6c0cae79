//! How does `people` answer? With everybody of the organisation, by name.

use sotto_client::view::DirectoryPerson;

use super::Context;
use crate::failure::Outcome;

/// Lists people.
///
/// # Errors
/// `locked`.
pub async fn run(context: &Context) -> Outcome {
    let people = context.session.directory().await?;
    context.output.value(&people, |people| people.iter().map(line).collect::<Vec<_>>().join("\n")).await
}

fn line(person: &DirectoryPerson) -> String {
    let note = match (person.me, person.revoked) {
        (true, _) => "  (you)",
        (_, true) => "  (out)",
        _ => "",
    };
    format!("{}  {}, {}{note}", person.account, person.name, person.title)
}
