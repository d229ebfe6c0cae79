//! How does `people` answer? With everybody who can be written to; for administrators with logins and states, and by doing what a list says.

use serde::Serialize;
use sotto_client::view::{
    AdminStanding, DirectoryPerson, ErrorCode, ImportOutcome, ImportPeopleRequest, ImportRow, ImportRowView, Password, PersonState,
    PersonView, Role, RoleChoice, RowProblem,
};
use sotto_protocol::AccountId;

use super::{Context, find, sheets, sign_ins};
use crate::args::{CodeArgs, ImportArgs, PeopleCommand, PersonRoleArgs};
use crate::errors::sentence;
use crate::failure::{Failure, Outcome};
use crate::{show, totp};

#[derive(Serialize)]
struct Revoked {
    revoked: AccountId,
}

#[derive(Serialize)]
struct Granted {
    granted: AccountId,
}

#[derive(Serialize)]
struct RoleSet {
    account: AccountId,
    role: Role,
}

/// Lists people, or works on the list.
///
/// # Errors
/// `locked`; `not_permitted` for who is no administrator; `malformed` for a list that is none.
pub async fn run(command: Option<PeopleCommand>, context: &Context) -> Outcome {
    match command {
        None => {
            let people = context.session.directory().await?;
            context.output.value(&people, |people| people.iter().map(line).collect::<Vec<_>>().join("\n")).await
        }
        Some(PeopleCommand::List) => {
            let people = context.session.people().await?;
            context.output.value(&people, |people| people.iter().map(person).collect::<Vec<_>>().join("\n")).await
        }
        Some(PeopleCommand::Import(args)) => import(args, context).await,
        Some(PeopleCommand::InviteAgain { name, days }) => {
            let account = find::listed(&context.session, &name).await?;
            let invite = context.session.invite_again(account, days).await?;
            context.output.value(&invite, |invite| invite.text.expose().to_owned()).await
        }
        Some(PeopleCommand::Role(args)) => {
            let PersonRoleArgs { name, role, permissions } = args;
            let account = find::listed(&context.session, &name).await?;
            context.session.set_role(account, RoleChoice { role, permissions }).await?;
            context.output.value(&RoleSet { account, role }, |set| format!("{} from now on.", set.role.as_str())).await
        }
        Some(PeopleCommand::SignIns { name }) => sign_ins::run_of(find::listed(&context.session, &name).await?, context).await,
        // It needs the password, so it comes another way.
        Some(PeopleCommand::AskAdmin(_)) => Err(Failure::new(ErrorCode::VaultInUse)),
        Some(PeopleCommand::GrantAdmin { name, sheets }) => {
            let granted = find::listed(&context.session, &name).await?;
            context.session.grant_admin(granted, &sheets::texts(&sheets, &context.folder)?).await?;
            context.output.value(&Granted { granted }, |_| "An administrator from now on.".into()).await
        }
        Some(PeopleCommand::Revoke { name }) => {
            let revoked = find::listed(&context.session, &name).await?;
            context.session.revoke_person(revoked).await?;
            context.output.value(&Revoked { revoked }, |_| "Shut out.".into()).await
        }
    }
}

/// Asks to become an administrator, with the password that opened the session.
///
/// # Errors
/// Those of [`sotto_client::Session::ask_admin`], and of reading the code.
pub async fn ask_admin(args: CodeArgs, password: &Password, context: &Context) -> Outcome {
    let code = totp::ask(&args).await?;
    let codes = context.session.ask_admin(password, code.expose()).await?;
    context.output.value(&codes, totp::text).await
}

async fn import(args: ImportArgs, context: &Context) -> Outcome {
    let rows = read(&context.folder.join(&args.file))?;
    let report = context.session.import_people(ImportPeopleRequest { rows, days: args.days, dry_run: args.dry_run }).await?;
    let says = |report: &sotto_client::view::ImportReport| {
        let rows: Vec<String> = report.rows.iter().zip(1..).map(|(row, number)| told(number, row)).collect();
        format!("{}\n{} fit, {} do not.", rows.join("\n"), report.fit, report.refused)
    };
    context.output.value(&report, says).await
}

/// The rows of a CSV file by its columns name, title, login and role, and permissions where a row needs them.
fn read(path: &std::path::Path) -> Outcome<Vec<ImportRow>> {
    let file = std::fs::File::open(path).map_err(|_| Failure::new(ErrorCode::NotFound))?;
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(file);
    let malformed = |_| Failure::new(ErrorCode::Malformed);
    reader.deserialize().collect::<Result<_, _>>().map_err(malformed)
}

fn line(person: &DirectoryPerson) -> String {
    let note = match (person.me, person.revoked) {
        (true, _) => "  (you)",
        (_, true) => "  (out)",
        _ => "",
    };
    format!("{}  {}, {}{note}", person.account, person.name, person.title)
}

fn person(person: &PersonView) -> String {
    let state = match person.state {
        PersonState::Invited => "invited",
        PersonState::Active => "active",
        PersonState::Revoked => "OUT",
    };
    let until = person.expires_at.map(|at| format!(", until {}", show::time(at))).unwrap_or_default();
    let login = person.login.as_deref().unwrap_or("-");
    let role = person.role.map_or("no role", Role::as_str);
    let listed: Vec<&str> = person.permissions.iter().map(|permission| permission.as_str()).collect();
    let admin = match person.admin {
        AdminStanding::None | AdminStanding::Granted => "",
        AdminStanding::MayAsk => "  (no administrator yet)",
        AdminStanding::Asked => "  ASKS TO BECOME AN ADMINISTRATOR",
    };
    let role = if person.role == Some(Role::Custom) { format!("{role} ({})", listed.join(", ")) } else { role.to_owned() };
    format!("{}  {}, {}  {login}  {role}  {state}{until}{admin}", person.account, person.name, person.title)
}

/// A row with what became of it; an invite on a line of its own.
fn told(number: usize, row: &ImportRowView) -> String {
    let outcome = match &row.outcome {
        ImportOutcome::Ready => "fits".to_owned(),
        ImportOutcome::Invited { invite } => format!("invited\n{}", invite.text.expose()),
        ImportOutcome::Refused { reason } => problem(*reason).to_owned(),
        ImportOutcome::Failed { code } => sentence(*code, crate::language()).says.to_owned(),
    };
    format!("{number:>4}  {} ({}): {outcome}", row.name, row.login)
}

const fn problem(reason: RowProblem) -> &'static str {
    match reason {
        RowProblem::NameMissing => "there is no name",
        RowProblem::NameTooLong => "the name is too long",
        RowProblem::TitleTooLong => "the title is too long",
        RowProblem::LoginMalformed => "that is no login name: 2 to 64 of a-z, 0-9, dot, hyphen and underscore",
        RowProblem::LoginTaken => "somebody has that login name",
        RowProblem::LoginRepeated => "an earlier row has that login name",
        RowProblem::RoleUnknown => "that is no role: physician, nurse, front_desk, billing, it_admin, privacy_officer or custom",
        RowProblem::PermissionsMalformed => "only a custom role has permissions, and never both administration and threads",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_by_its_columns_in_any_order() {
        let file = std::env::temp_dir().join(format!("sotto-people-{}.csv", std::process::id()));
        std::fs::write(&file, "login,name,role,title\nn.nurse,\"Nurse, Nora\",nurse,RN\n p.phys , Paul , physician,\n").unwrap();
        let rows = read(&file).unwrap();
        assert_eq!((rows[0].name.as_str(), rows[0].login.as_str()), ("Nurse, Nora", "n.nurse"));
        assert_eq!((rows[1].name.as_str(), rows[1].login.as_str(), rows[1].title.as_str()), ("Paul", "p.phys", ""));
        assert_eq!((rows[1].role.as_str(), rows[1].permissions.as_str()), ("physician", ""));
        std::fs::write(&file, "name,login\nNora,n\n").unwrap();
        assert_eq!(read(&file), Err(Failure::new(ErrorCode::Malformed)));
        std::fs::remove_file(&file).unwrap();
    }
}
