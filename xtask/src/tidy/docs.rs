//! Whether the documents tell the truth about paths: what they name exists, and every decision is listed.

use regex::Regex;

use super::Finding;
use super::files::{File, Files};
use crate::place::Place;

/// The documents whose backticked paths must exist.
const WITH_PATHS: &[&str] = &["README.md", "docs/WHERE.md", "docs/ARCHITECTURE.md", "docs/DEPLOY.md", "docs/PERFORMANCE.md"];

/// What a path may start with; other words with a slash (`kit/`, a URL's path) are no claims about files.
const TOPS: &[&str] = &["crates/", "docs/", "icons/", "src-tauri/", "tests/", "ui/", "xtask/", ".ci/", ".cargo/"];

/// Checks paths, links and the list of decisions.
pub fn check(place: &Place, files: &Files) -> Vec<Finding> {
    let (Ok(ticks), Ok(links)) = (Regex::new("`([^`\n]+)`"), Regex::new(r"\]\(([^)#:]+)\)")) else {
        return vec![Finding::new("tidy", "xtask/src/tidy/docs.rs", "a pattern does not compile")];
    };
    let mut findings = Vec::new();
    for name in WITH_PATHS {
        let Some(file) = files.get(name) else {
            findings.push(Finding::new("docs", *name, "is missing"));
            continue;
        };
        findings.extend(missing(file, &ticks, |path| !is_path(path) || place.root().join(path).exists()));
        let folder = place.root().join(name).parent().map_or_else(|| place.root().to_path_buf(), std::path::Path::to_path_buf);
        findings.extend(missing(file, &links, |path| folder.join(path).exists()));
    }
    findings.extend(check_where(files, &ticks));
    findings.extend(check_decisions(files));
    findings
}

fn is_path(text: &str) -> bool {
    TOPS.iter().any(|top| text.starts_with(top)) && !text.contains([' ', '*', '<', '{'])
}

fn missing(file: &File, pattern: &Regex, exists: impl Fn(&str) -> bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, line) in file.lines() {
        for path in pattern.captures_iter(line).filter_map(|captures| captures.get(1)) {
            if !exists(path.as_str()) {
                findings.push(Finding::new("docs", format!("{}:{number}", file.path), format!("there is no {}", path.as_str())));
            }
        }
    }
    findings
}

/// Every row of WHERE's tables answers with at least one path.
fn check_where(files: &Files, ticks: &Regex) -> Vec<Finding> {
    let Some(file) = files.get("docs/WHERE.md") else { return Vec::new() };
    let rows =
        file.lines().filter(|(_, line)| line.starts_with('|') && !line.starts_with("| ---") && !line.to_lowercase().contains("where is"));
    let empty = rows.filter(|(_, line)| !ticks.captures_iter(line).filter_map(|c| c.get(1)).any(|path| is_path(path.as_str())));
    empty.map(|(number, _)| Finding::new("where", format!("{}:{number}", file.path), "answers without a path")).collect()
}

/// Decisions are numbered without gaps, open with their title and state, and ARCHITECTURE lists them.
fn check_decisions(files: &Files) -> Vec<Finding> {
    let mut decisions: Vec<&File> = files.all().iter().filter(|file| file.under("docs/adr") && file.is("md")).collect();
    decisions.sort_by(|a, b| a.path.cmp(&b.path));
    let list = files.get("docs/ARCHITECTURE.md").map(|file| file.text.as_str()).unwrap_or_default();
    let mut findings = Vec::new();
    for (number, file) in (1..).zip(&decisions) {
        let name = file.path.trim_start_matches("docs/adr/");
        let mut wrong = |says: &str| findings.push(Finding::new("adr", &file.path, says));
        if !name.starts_with(&format!("{number:04}-")) {
            wrong("the numbers of decisions have a gap before this one");
        }
        if !file.text.starts_with("# ") || !file.text.contains("Status:") {
            wrong("a decision opens with its title and names its `Status:`");
        }
        if !list.contains(name) {
            wrong("docs/ARCHITECTURE.md does not list this decision");
        }
    }
    findings
}
