//! How does `org init` go? The root's sheets are on the disk before the server hears of anything; the admin's second factor ends it.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde::Serialize;
use sotto_client::view::{EnrolmentBegun, ErrorCode};
use sotto_client::{FoundOrg, RootSheets, Workstation};

use crate::args::{Options, OrgInitArgs};
use crate::failure::{Failure, Outcome};
use crate::output::Output;
use crate::{password, totp};

#[derive(Serialize)]
struct Founded<'a> {
    sheets: Vec<String>,
    #[serde(flatten)]
    begun: &'a EnrolmentBegun,
}

/// Founds the organisation.
///
/// # Errors
/// `conflict` if a sheet's file exists, and those of founding.
pub async fn run(args: OrgInitArgs, options: &Options, workstation: &Workstation, output: &Output) -> Outcome {
    let ca_pem = std::fs::read(&args.ca).map_err(|_| Failure::new(ErrorCode::NotFound))?;
    let (folder, mut written) = (args.sheets, Vec::new());
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
        splitting: args.split,
        password: password::choose(options)?,
    };
    let begun = workstation.found_org(found, |sheets| write_sheets(&folder, sheets, &mut written)).await?;
    let founded = Founded { sheets: written.iter().map(|path| path.display().to_string()).collect(), begun: &begun };
    let says = |founded: &Founded<'_>| {
        let sheets = founded.sheets.join("\n  ");
        format!(
            "The organisation is founded. Print each of these sheets now, lock them away at different places, and delete the files:\n  {sheets}\n\n{}",
            totp::says(founded.begun)
        )
    };
    output.value(&founded, says).await?;
    let code = totp::ask(&args.code).await?;
    let enrolled = workstation.finish_enrol(begun.account, code.expose()).await?;
    totp::end(begun.account, enrolled, output).await
}

/// A file a sheet, for its owner alone. Where one cannot be written, none stays.
fn write_sheets(folder: &Path, sheets: &RootSheets, written: &mut Vec<PathBuf>) -> Result<(), ErrorCode> {
    let done = std::fs::create_dir_all(folder).and_then(|()| {
        let of = sheets.texts().len();
        for (number, text) in (1..).zip(sheets.texts()) {
            let path = folder.join(format!("root-sheet-{number}-of-{of}.txt"));
            let mut new = OpenOptions::new();
            new.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut new, 0o600);
            let mut file = new.open(&path)?;
            written.push(path);
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
        }
        Ok(())
    });
    done.map_err(|error| {
        for path in written.drain(..) {
            let _ = std::fs::remove_file(path);
        }
        match error.kind() {
            std::io::ErrorKind::AlreadyExists => ErrorCode::Conflict,
            std::io::ErrorKind::StorageFull => ErrorCode::DiskFull,
            _ => ErrorCode::NotFound,
        }
    })
}
