//! How does `org init` go? The recovery sheet is on the disk before the server hears of anything; the admin's second factor ends it.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;

use serde::Serialize;
use sotto_client::view::{EnrolmentBegun, ErrorCode};
use sotto_client::{FoundOrg, RootRecovery, Workstation};

use crate::args::{Options, OrgInitArgs};
use crate::failure::{Failure, Outcome};
use crate::output::Output;
use crate::{password, totp};

#[derive(Serialize)]
struct Founded<'a> {
    recovery: String,
    #[serde(flatten)]
    begun: &'a EnrolmentBegun,
}

/// Founds the organisation.
///
/// # Errors
/// `conflict` if the recovery sheet's file exists, and those of founding.
pub async fn run(args: OrgInitArgs, options: &Options, workstation: &Workstation, output: &Output) -> Outcome {
    let ca_pem = std::fs::read(&args.ca).map_err(|_| Failure::new(ErrorCode::NotFound))?;
    let recovery = args.recovery;
    let found = FoundOrg {
        server: args.server,
        ca_pem,
        setup_code: args.setup_code,
        clinic: args.clinic,
        admin_name: args.admin,
        admin_title: args.admin_title,
        login: args.login,
        workstation_name: args.workstation,
        idle_lock_s: args.idle_lock,
        lease_shared_s: args.lease_shared,
        lease_private_s: args.lease_private,
        password: password::choose(options)?,
    };
    let begun = workstation.found_org(found, |sheet| write_sheet(&recovery, sheet)).await?;
    let founded = Founded { recovery: recovery.display().to_string(), begun: &begun };
    let says = |founded: &Founded<'_>| {
        let sheet = &founded.recovery;
        format!(
            "The organisation is founded. Print {sheet} now, lock the paper away, and delete the file.\n\n{}",
            totp::says(founded.begun)
        )
    };
    output.value(&founded, says).await?;
    let code = totp::ask(&args.code).await?;
    let enrolled = workstation.finish_enrol(begun.account, code.expose()).await?;
    totp::end(begun.account, enrolled, output).await
}

fn write_sheet(path: &Path, sheet: &RootRecovery) -> Result<(), ErrorCode> {
    let mut new = OpenOptions::new();
    new.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut new, 0o600);
    let written = new.open(path).and_then(|mut file| {
        file.write_all(sheet.sheet().as_bytes())?;
        file.sync_all()
    });
    written.map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => ErrorCode::Conflict,
        std::io::ErrorKind::StorageFull => ErrorCode::DiskFull,
        _ => ErrorCode::NotFound,
    })
}
