//! How do many people come in at once? Every row is judged first; then the rows that fit are invited, in order, until the server says no.

use std::collections::HashSet;

use sotto_crypto::login::Login;
use sotto_protocol::role::is_mixed;
use sotto_protocol::{ErrorCode, limits};

use super::invite::{invite, taken};
use super::role::in_order;
use crate::error::{ClientError, Result};
use crate::permissions::{permissions, require};
use crate::session::Session;
use crate::view::{
    ImportOutcome, ImportPeopleRequest, ImportReport, ImportRow, ImportRowView, InviteRequest, Permission, Role, RoleChoice, RowProblem,
};

/// Rows of one import.
const ROWS: usize = 500;

impl Session {
    /// Judges a list of people, and invites those who fit unless it is a dry run. May be repeated: who was invited has the login name.
    ///
    /// # Errors
    /// `locked`, `not_permitted`; `too_large` for more than 500 rows. What the server refuses is told in the rows.
    pub async fn import_people(&self, request: ImportPeopleRequest) -> Result<ImportReport> {
        let call = self.enter()?;
        let core = call.core();
        require(permissions(core).people)?;
        if request.rows.len() > ROWS {
            return Err(ClientError::new(ErrorCode::TooLarge, "import people"));
        }
        let (days, dry_run) = (request.days, request.dry_run);
        let imported = async {
            let taken = taken(core).await?;
            let (mut seen, mut rows, mut stopped) = (HashSet::new(), Vec::new(), None);
            for row in request.rows {
                let outcome = match (judge(&row, &taken, &mut seen), stopped) {
                    (Err(reason), _) => ImportOutcome::Refused { reason },
                    (Ok(_), _) if dry_run => ImportOutcome::Ready,
                    (Ok(_), Some(code)) => ImportOutcome::Failed { code },
                    (Ok((login, choice)), None) => match invite(core, &request_of(&row, choice, days), login).await {
                        Ok(invite) => ImportOutcome::Invited { invite },
                        Err(error) if error.code == ErrorCode::Locked => return Err(error),
                        Err(error) => {
                            stopped = Some(error.code);
                            ImportOutcome::Failed { code: error.code }
                        }
                    },
                };
                rows.push(ImportRowView { name: row.name, title: row.title, login: row.login, role: row.role, outcome });
            }
            Ok(report(rows))
        };
        call.run(imported).await
    }
}

fn request_of(row: &ImportRow, choice: RoleChoice, days: u32) -> InviteRequest {
    let RoleChoice { role, permissions } = choice;
    InviteRequest { name: row.name.clone(), title: row.title.clone(), login: row.login.clone(), role, permissions, days }
}

/// A row's role and permissions, if a person can have them.
fn judge_role(row: &ImportRow) -> std::result::Result<RoleChoice, RowProblem> {
    let word = row.role.trim().to_ascii_lowercase();
    let role = Role::parse(&word).ok_or(RowProblem::RoleUnknown)?;
    let words = row.permissions.split_whitespace().map(|word| Permission::parse(&word.to_ascii_lowercase()));
    let permissions = in_order(words.collect::<Option<_>>().ok_or(RowProblem::PermissionsMalformed)?);
    let fits = if role == Role::Custom { !permissions.is_empty() && !is_mixed(&permissions) } else { permissions.is_empty() };
    if fits { Ok(RoleChoice { role, permissions }) } else { Err(RowProblem::PermissionsMalformed) }
}

/// Whether a row can be invited, as its login name and role; otherwise the first thing that is wrong with it.
fn judge(row: &ImportRow, taken: &[Login], seen: &mut HashSet<String>) -> std::result::Result<(Login, RoleChoice), RowProblem> {
    let chars = |text: &str| text.trim().chars().count();
    let login = Login::parse(&row.login).map_err(|_| RowProblem::LoginMalformed);
    // Also of a row with another fault: who mends it there must not run into it here.
    let repeated = login.as_ref().is_ok_and(|login| !seen.insert(login.as_str().to_owned()));
    if chars(&row.name) == 0 {
        return Err(RowProblem::NameMissing);
    }
    if chars(&row.name) > limits::FIELD_CHARS {
        return Err(RowProblem::NameTooLong);
    }
    if chars(&row.title) > limits::FIELD_CHARS {
        return Err(RowProblem::TitleTooLong);
    }
    let login = login?;
    match () {
        () if repeated => Err(RowProblem::LoginRepeated),
        () if taken.contains(&login) => Err(RowProblem::LoginTaken),
        () => Ok((login, judge_role(row)?)),
    }
}

fn report(rows: Vec<ImportRowView>) -> ImportReport {
    let fits = |row: &&ImportRowView| matches!(row.outcome, ImportOutcome::Ready | ImportOutcome::Invited { .. });
    let fit = u32::try_from(rows.iter().filter(fits).count()).unwrap_or(u32::MAX);
    let all = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    ImportReport { rows, fit, refused: all - fit }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, title: &str, login: &str, role: &str, permissions: &str) -> ImportRow {
        let (name, title, login) = (name.into(), title.into(), login.into());
        ImportRow { name, title, login, role: role.into(), permissions: permissions.into() }
    }

    #[test]
    fn a_role_is_judged_with_its_list() {
        let judged = |role: &str, permissions: &str| judge_role(&row("Ann", "", "ann", role, permissions));
        assert_eq!(judged(" Front_Desk", ""), Ok(Role::FrontDesk.into()));
        let listed = RoleChoice { role: Role::Custom, permissions: vec![Permission::Clinical, Permission::Review] };
        assert_eq!(judged("custom", "review Clinical review"), Ok(listed));
        assert_eq!(judged("", ""), Err(RowProblem::RoleUnknown));
        assert_eq!(judged("doctor", ""), Err(RowProblem::RoleUnknown));
        for (role, permissions) in [("nurse", "clinical"), ("custom", ""), ("custom", "everything"), ("custom", "clinical people")] {
            assert_eq!(judged(role, permissions), Err(RowProblem::PermissionsMalformed), "{role}: {permissions}");
        }
    }

    #[test]
    fn a_row_is_judged_by_the_first_thing_that_is_wrong() {
        let taken = [Login::parse("ida").unwrap()];
        let mut seen = HashSet::new();
        let mut judged = |name: &str, title: &str, login: &str| {
            judge(&row(name, title, login, "nurse", ""), &taken, &mut seen).map(|(login, _)| login.as_str().to_owned())
        };
        let long = "ñ".repeat(limits::FIELD_CHARS + 1);
        assert_eq!(judged("Nora Nurse", "RN", " N.Nurse "), Ok("n.nurse".into()));
        assert_eq!(judged("Nora Nurse", "RN", "n.nurse"), Err(RowProblem::LoginRepeated));
        assert_eq!(judged("  ", "RN", "paul"), Err(RowProblem::NameMissing));
        assert_eq!(judged("Paul", "RN", "paul"), Err(RowProblem::LoginRepeated));
        assert_eq!(judged(&long, "RN", "a.b"), Err(RowProblem::NameTooLong));
        assert_eq!(judged("Ann", &long, "a.c"), Err(RowProblem::TitleTooLong));
        assert_eq!(judged("Ann", "", "ann lee"), Err(RowProblem::LoginMalformed));
        assert_eq!(judged("Ann", "", ""), Err(RowProblem::LoginMalformed));
        assert_eq!(judged("Ida", "", "IDA"), Err(RowProblem::LoginTaken));
        assert_eq!(judged(&"ñ".repeat(limits::FIELD_CHARS), "", "x.y"), Ok("x.y".into()));
    }
}
