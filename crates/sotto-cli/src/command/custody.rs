//! How does `fleet custody` answer? With every hand a machine went through, the newest first; and by handing it on.

use serde::Serialize;
use sotto_client::view::{CustodyRequest, CustodyView, WorkstationEntry};
use sotto_protocol::AccountId;

use super::fleet::find_machine;
use super::{Context, find};
use crate::args::CustodyArgs;
use crate::failure::Outcome;
use crate::show;

#[derive(Serialize)]
struct Handed<'a> {
    workstation: &'a str,
    custodian: Option<AccountId>,
    location: &'a str,
}

/// Hands a machine on where the arguments say so; else tells its log.
///
/// # Errors
/// `not_permitted`; `not_found` for a machine that is not there or not the only one of that name, and for a person who is not there or is
/// out; `conflict` where a name is more than one person's; those of the server.
pub async fn run(args: CustodyArgs, context: &Context) -> Outcome {
    let entry = find_machine(&args.workstation, context).await?;
    if args.to.is_some() || args.nobody || args.location.is_some() {
        return hand_over(&entry, args, context).await;
    }
    let log = context.session.custody(&entry.id).await?;
    context.output.value(log.as_slice(), text).await
}

async fn hand_over(entry: &WorkstationEntry, args: CustodyArgs, context: &Context) -> Outcome {
    let custodian = match &args.to {
        Some(named) => Some(find::person(&context.session, named).await?),
        None if args.nobody => None,
        None => entry.custodian.as_ref().map(|custodian| custodian.account),
    };
    let location = args.location.unwrap_or_else(|| entry.location.clone());
    let handed = Handed { workstation: &entry.id, custodian, location: &location };
    let request = CustodyRequest { workstation: entry.id.clone(), custodian, location: location.clone() };
    context.session.set_custody(request).await?;
    context.output.value(&handed, |_| "Written down.".into()).await
}

fn text(log: &[CustodyView]) -> String {
    if log.is_empty() {
        return "Nobody answers for it, and nobody ever did.".into();
    }
    log.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn line(one: &CustodyView) -> String {
    let [from, to] = [&one.from, &one.to].map(|hand| hand.as_deref().unwrap_or("nobody"));
    let hands = if one.handed { format!("{from} -> {to}") } else { format!("with {to}") };
    let place = if one.location_before == one.location {
        format!("in {}", quoted(&one.location))
    } else {
        format!("{} -> {}", quoted(&one.location_before), quoted(&one.location))
    };
    format!("{}  {hands}  {place}  by {}", show::time(one.at), one.by.as_deref().unwrap_or("the root"))
}

fn quoted(place: &str) -> String {
    format!("\"{place}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(from: Option<&str>, to: Option<&str>, places: [&str; 2]) -> CustodyView {
        let (handed, from, to) = (from != to, from.map(str::to_owned), to.map(str::to_owned));
        let [location_before, location] = places.map(str::to_owned);
        CustodyView { from, to, handed, location_before, location, by: None, at: 0 }
    }

    #[test]
    fn a_line_names_both_hands_and_both_places_only_where_they_differ() {
        let handed = line(&change(None, Some("Nora Nurse"), ["Ward 3", "Ward 3"]));
        assert!(handed.contains("nobody -> Nora Nurse  in \"Ward 3\"  by the root"), "{handed}");
        let moved = line(&change(Some("Nora Nurse"), Some("Nora Nurse"), ["Ward 3", ""]));
        assert!(moved.contains("with Nora Nurse  \"Ward 3\" -> \"\""), "{moved}");
        assert_eq!(text(&[]), "Nobody answers for it, and nobody ever did.");
    }
}
