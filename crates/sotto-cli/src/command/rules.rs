//! How do `rules` and `rules set` answer? With what holds here for the person, and whose rule each is.

use sotto_client::view::{OwnRules, RuleSourceView, RuleView};

use super::Context;
use crate::args::RulesCommand;
use crate::failure::Outcome;

/// Sets the person's own rules, if asked to, and lists what holds.
///
/// # Errors
/// Those of [`sotto_client::Session::set_own_rules`] and [`sotto_client::Session::rules`].
pub async fn run(command: Option<RulesCommand>, context: &Context) -> Outcome {
    if let Some(RulesCommand::Set(args)) = command {
        let own = OwnRules {
            idle_lock_s: args.idle_lock,
            session_s: args.session,
            no_notifications: args.no_notifications,
            no_clipboard: args.no_clipboard,
            attachment_mb: args.attachments.attachment_mb,
            attachment_types: args.attachments.types(),
        };
        context.session.set_own_rules(own).await?;
    }
    let rules = context.session.rules(None).await?;
    context.output.value(&rules, |rules| rules.iter().map(line).collect::<Vec<_>>().join("\n")).await
}

/// A rule with whose it is.
pub fn line(rule: &RuleView) -> String {
    let from = match &rule.from {
        RuleSourceView::Clinic => "from the clinic".to_owned(),
        RuleSourceView::Group(name) => format!("from {name}"),
        RuleSourceView::Management => "from this machine's management".to_owned(),
        RuleSourceView::Own => "your own".to_owned(),
    };
    format!("{}  {}  {from}", rule.setting, rule.value)
}
