//! How does `org sheets check` answer? With each file's sheet and what is wrong with it, and whether together they bring the root back.

use std::path::{Path, PathBuf};

use serde::Serialize;
use sotto_client::Workstation;
use sotto_client::view::{ErrorCode, SecretText, SheetView, SheetsView};

use crate::errors::sentence;
use crate::failure::{Failure, Outcome};
use crate::output::Output;

#[derive(Serialize)]
struct Checked<'a> {
    files: &'a [PathBuf],
    #[serde(flatten)]
    read: SheetsView,
}

/// Checks sheets against the root that this machine pinned.
///
/// # Errors
/// `not_found` for a file that cannot be read; what is wrong with the sheets, after it was told which.
pub async fn check(files: &[PathBuf], folder: &Path, workstation: &Workstation, output: &Output) -> Outcome {
    let read = workstation.check_root_sheets(&texts(files, folder)?)?;
    let problem = read.problem;
    output.value(&Checked { files, read }, says).await?;
    problem.map_or(Ok(()), |code| Err(Failure::new(code)))
}

/// What is in the files.
///
/// # Errors
/// `not_found`.
pub fn texts(files: &[PathBuf], folder: &Path) -> Outcome<Vec<SecretText>> {
    let text =
        |file: &PathBuf| std::fs::read_to_string(folder.join(file)).map(SecretText::new).map_err(|_| Failure::new(ErrorCode::NotFound));
    files.iter().map(text).collect()
}

fn says(checked: &Checked<'_>) -> String {
    let mut lines: Vec<String> =
        checked.files.iter().zip(&checked.read.sheets).map(|(file, sheet)| format!("{}: {}", file.display(), told(sheet))).collect();
    if checked.read.problem.is_none() {
        lines.push("These sheets bring this organisation's root back.".into());
    }
    lines.join("\n")
}

fn told(sheet: &SheetView) -> String {
    let which = match (sheet.index, sheet.of, sheet.needed) {
        (Some(index), Some(of), Some(needed)) => format!("sheet {index} of {of}, any {needed}"),
        _ => String::new(),
    };
    let line = sheet.line.map(|line| format!("look at line {line}")).unwrap_or_default();
    let problem = sheet.problem.map(|code| sentence(code, crate::language()).says.to_owned()).unwrap_or_default();
    [which, line, problem].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
}
