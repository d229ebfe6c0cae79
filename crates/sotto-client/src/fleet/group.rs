//! How does IT set what holds at machines? By rules of groups, of which the strictest counts; each is shown with where it comes from.

use serde_bytes::ByteBuf;
use sotto_crypto::OsRandom;
use sotto_crypto::profile::{open_group, seal_group};
use sotto_protocol::directory::{Rule, RuleSource, Rules};
use sotto_protocol::statement::{AttachmentTypes, GroupMembers, GroupPolicy, Settings, Statement};
use sotto_protocol::{GroupId, WorkstationId};

use crate::error::{Attempt as _, ClientError, Result};
use crate::permissions::{permissions, require};
use crate::session::{Core, Session};
use crate::statements;
use crate::sync::directory::refresh;
use crate::view::{ErrorCode, GroupMembersView, GroupRequest, GroupView, RuleSourceView, RuleView};

impl Session {
    /// Every group that has rules, by name.
    ///
    /// # Errors
    /// `locked`, `not_permitted`.
    pub async fn groups(&self) -> Result<Vec<GroupView>> {
        let call = self.enter()?;
        let core = call.core();
        let may = permissions(core);
        require(may.workstations || may.review)?;
        let people = core.people();
        let held = people.directory.groups().filter(|group| group.settings != Settings::default());
        let mut views: Vec<GroupView> = held.map(|group| view(core, group)).collect();
        views.sort_by_cached_key(|view| (view.name.to_lowercase(), view.group));
        Ok(views)
    }

    /// Sets what holds for a group, and returns it; settings without anything give it up. It holds at machines that are here within
    /// seconds, and at others when they are next heard. Needs the server.
    ///
    /// # Errors
    /// `locked`, `not_permitted`; `not_found` for a machine that was never let in; `too_large` for the name; those of the server.
    pub async fn set_group(&self, request: GroupRequest) -> Result<GroupId> {
        let call = self.enter()?;
        let core = call.core();
        require(permissions(core).workstations)?;
        let group = request.group.unwrap_or_else(|| Core::make_id(GroupId::from_bytes));
        let set = async {
            refresh(core).await?;
            let people = core.people();
            let name = seal_group(&core.keys.directory, group, request.name.trim(), &mut OsRandom::new())
                .map_err(|_| ClientError::new(ErrorCode::TooLarge, "take the group's name"))?;
            let statement = Statement::GroupPolicy(GroupPolicy {
                org: core.org,
                group,
                serial: people.directory.group(&group).map_or(0, |group| group.serial) + 1,
                name: ByteBuf::from(name),
                members: members(core, &request.members)?,
                settings: request.settings,
                issued_at: core.clock.wall_ms(),
            });
            statements::assert(core, &statement).await.attempting("set a group's rules")?;
            Ok(group)
        };
        call.run(set).await
    }

    /// What holds at a machine, each rule with whose it is; with none named, what holds here for who asks, their own rules among it. What the
    /// management of another machine than this one says is not known here.
    ///
    /// # Errors
    /// `locked`, `not_permitted` (nobody needs a right for the machine they sit at), `not_found`.
    pub async fn rules(&self, workstation: Option<String>) -> Result<Vec<RuleView>> {
        let call = self.enter()?;
        let core = call.core();
        let missing = || ClientError::new(ErrorCode::NotFound, "find the workstation");
        let Some(asked) = workstation else { return Ok(rule_views(core, &core.rules().ok_or_else(missing)?)) };
        let asked = asked.parse::<WorkstationId>().map_err(|_| missing())?;
        let may = permissions(core);
        require(asked == core.machine || may.workstations || may.review)?;
        let rules = if asked == core.machine { core.rules_without_own() } else { core.people().directory.rules(&asked) };
        let rules = rules.ok_or_else(missing)?;
        Ok(rule_views(core, &rules))
    }
}

/// The rules as they are shown, in the order in which every list has them.
pub(crate) fn rule_views(core: &Core, rules: &Rules) -> Vec<RuleView> {
    let people = core.people();
    let name = |group: GroupId| people.directory.group(&group).map(|group| view(core, group).name).unwrap_or_default();
    name_rules(rules, name)
}

/// The same with groups by this name, also where nobody is signed in.
pub(crate) fn name_rules(rules: &Rules, name: impl Fn(GroupId) -> String) -> Vec<RuleView> {
    let source = |from: RuleSource| match from {
        RuleSource::Clinic => RuleSourceView::Clinic,
        RuleSource::Group(group) => RuleSourceView::Group(name(group)),
        RuleSource::Management => RuleSourceView::Management,
        RuleSource::Own => RuleSourceView::Own,
    };
    let make = |setting: &str, value: serde_json::Value, from| RuleView { setting: setting.to_owned(), value, from: source(from) };
    let number = |setting, rule: Rule<u32>| make(setting, rule.value.into(), rule.from);
    let truth = |setting, rule: Rule<bool>| make(setting, rule.value.into(), rule.from);
    vec![
        number("idle_lock_s", rules.idle_lock_s),
        number("session_s", rules.session_s),
        number("lease_s", rules.lease_s),
        make("self_wipe_days", rules.self_wipe_days.value.into(), rules.self_wipe_days.from),
        make("retain_days", rules.retain_days.value.into(), rules.retain_days.from),
        number("attachment_mb", rules.attachment_mb),
        make("attachment_types", types(rules.attachment_types.value), rules.attachment_types.from),
        truth("pin", rules.pin),
        truth("notifications", rules.notifications),
        truth("clipboard", rules.clipboard),
        truth("content_protection", rules.content_protection),
        truth("two_person_wipe", rules.two_person_wipe),
    ]
}

/// The list as it is said in JSON.
fn types(types: AttachmentTypes) -> serde_json::Value {
    types.iter().map(serde_json::to_value).filter_map(std::result::Result::ok).collect()
}

fn members(core: &Core, asked: &GroupMembersView) -> Result<GroupMembers> {
    let listed = match asked {
        GroupMembersView::Everyone => return Ok(GroupMembers::Everyone),
        GroupMembersView::Kind(kind) => return Ok(GroupMembers::Kind(*kind)),
        GroupMembersView::Workstations(listed) => listed,
    };
    let people = core.people();
    let known = |id: &String| id.parse().ok().filter(|id| people.directory.workstation(id).is_some());
    let found: Option<Vec<WorkstationId>> = listed.iter().map(known).collect();
    let mut found = found.ok_or(ClientError::new(ErrorCode::NotFound, "find the workstations"))?;
    found.sort_unstable();
    found.dedup();
    Ok(GroupMembers::Workstations(found))
}

fn view(core: &Core, group: &GroupPolicy) -> GroupView {
    let members = match &group.members {
        GroupMembers::Everyone => GroupMembersView::Everyone,
        GroupMembers::Kind(kind) => GroupMembersView::Kind(*kind),
        GroupMembers::Workstations(listed) => GroupMembersView::Workstations(listed.iter().map(ToString::to_string).collect()),
    };
    GroupView {
        group: group.group,
        // One that was sealed under another key has no name here, and holds all the same.
        name: open_group(&core.keys.directory, group.group, &group.name).unwrap_or_default(),
        members,
        settings: group.settings,
        issued_at: group.issued_at,
    }
}
