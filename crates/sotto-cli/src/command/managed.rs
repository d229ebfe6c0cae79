//! What does this machine's management say, and what holds here with it? For IT in front of the machine, without a password.

use serde_json::Value;
use sotto_client::view::ManagedView;
use sotto_client::{Workstation, read_managed};

use super::rules;
use crate::failure::{Failure, Outcome};
use crate::output::Output;

/// Shows it with what holds at this workstation.
///
/// # Errors
/// `managed_unreadable` and `managed_unsafe` for what is wrong with it, after it was shown; those of the disk and the keyring.
pub async fn show(workstation: &Workstation, output: &Output) -> Outcome {
    tell(workstation.managed_view().await?, output).await
}

/// Shows it where a window has the workstation open: what holds is to be seen there.
///
/// # Errors
/// `managed_unreadable` and `managed_unsafe`, after it was shown.
pub async fn show_read(output: Output) -> Outcome {
    tell(read_managed(), &output).await
}

async fn tell(view: ManagedView, output: &Output) -> Outcome {
    output.value(&view, text).await?;
    view.fault.map_or(Ok(()), |fault| Err(Failure::new(fault.code)))
}

fn text(view: &ManagedView) -> String {
    let state = match &view.fault {
        Some(fault) => format!("NOT USED: {}{}", fault.code, fault.key.as_ref().map(|key| format!(" at {key}")).unwrap_or_default()),
        None if view.found => "read".to_owned(),
        None => "not there".to_owned(),
    };
    let language = serde_json::to_value(view.language).ok().and_then(|word| word.as_str().map(str::to_owned));
    let said = [
        view.help.as_ref().map(|help| format!("help  {help}")),
        language.map(|language| format!("language  {language}")),
        view.token.then(|| "enrolment_token  there".to_owned()),
        view.start_in_background.then(|| "start_in_background  yes".to_owned()),
    ];
    let set = serde_json::to_value(view.rules).unwrap_or(Value::Null);
    let set = set.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null());
    let set = set.map(|(name, value)| format!("rules.{name}  {value}"));
    let lines = std::iter::once(format!("{}: {state}", view.place)).chain(said.into_iter().flatten()).chain(set);
    let holds = view.holds.iter().map(|rule| format!("holds: {}", rules::line(rule)));
    lines.chain(holds).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use sotto_client::view::{ErrorCode, ManagedFault, RuleSourceView, RuleView, Settings};

    use super::*;

    fn view() -> ManagedView {
        ManagedView {
            place: "/etc/sotto/managed.json".into(),
            found: true,
            fault: None,
            token: true,
            help: Some("Call 4400".into()),
            language: None,
            start_in_background: true,
            rules: Settings { idle_lock_s: Some(60), ..Settings::default() },
            holds: vec![RuleView { setting: "idle_lock_s".into(), value: 60.into(), from: RuleSourceView::Management }],
        }
    }

    #[test]
    fn it_says_what_holds_and_from_where() {
        let lines = [
            "/etc/sotto/managed.json: read",
            "help  Call 4400",
            "enrolment_token  there",
            "start_in_background  yes",
            "rules.idle_lock_s  60",
            "holds: idle_lock_s  60  from this machine's management",
        ];
        assert_eq!(text(&view()), lines.join("\n"));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_key() {
        let fault = ManagedFault { code: ErrorCode::ManagedUnreadable, place: String::new(), key: Some("rules.pin".into()) };
        let wrong = text(&ManagedView { fault: Some(fault), holds: Vec::new(), ..view() });
        assert!(wrong.starts_with("/etc/sotto/managed.json: NOT USED: managed_unreadable at rules.pin"), "{wrong}");
    }
}
