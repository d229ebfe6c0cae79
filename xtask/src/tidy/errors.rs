//! Whether every error code has its sentence: English and Spanish in the window, and one in the terminal.

use regex::Regex;

use super::Finding;
use super::files::{File, Files};

const CODES: &str = "crates/sotto-protocol/src/error.rs";

/// Checks every code of the protocol.
pub fn check(files: &Files) -> Vec<Finding> {
    let Some(source) = files.get(CODES) else { return vec![Finding::new("errors", CODES, "is missing")] };
    let Ok(pattern) = Regex::new(r#"(?m)^\s+(\w+) = "(\w+)", \d+;"#) else { return Vec::new() };
    let codes: Vec<(&str, &str)> =
        pattern.captures_iter(&source.text).map(|c| c.extract()).map(|(_, [variant, name])| (variant, name)).collect();
    if codes.is_empty() {
        return vec![Finding::new("errors", CODES, "no code was found in it")];
    }
    let mut findings = Vec::new();
    for language in ["en", "es"] {
        let texts = catalogue(files, language);
        for (_, code) in &codes {
            for key in [format!("\"error.{code}\""), format!("\"error.{code}.next\"")] {
                if !texts.iter().any(|file| file.text.contains(&key)) {
                    findings.push(Finding::new("errors", format!("ui/src/i18n ({language})"), format!("has no sentence {key}")));
                }
            }
        }
    }
    let terminal: Vec<&File> = files.all().iter().filter(|file| file.under("crates/sotto-cli/src")).collect();
    for (variant, _) in &codes {
        if !terminal
            .iter()
            .any(|file| file.text.contains(&format!("ErrorCode::{variant}")) || file.text.contains(&format!("Code::{variant}")))
        {
            findings.push(Finding::new("errors", "crates/sotto-cli/src", format!("has no sentence for {variant}")));
        }
    }
    findings
}

/// The files of a language: `ui/src/i18n/en.ts`, `en.json`, or what is in `ui/src/i18n/en/`.
fn catalogue<'a>(files: &'a Files, language: &str) -> Vec<&'a File> {
    let folder = format!("ui/src/i18n/{language}");
    let stems = [format!("{folder}.ts"), format!("{folder}.json")];
    files
        .all()
        .iter()
        .filter(|file| file.under(&folder) || stems.contains(&file.path) || file.path.starts_with(&format!("{folder}.")))
        .collect()
}
