//! What manifests and lock files must say: a reason for each member, and no host but the public registries.

use regex::Regex;

use super::Finding;
use super::files::{File, Files};

const CARGO_REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";
const NPM_REGISTRY: &str = "https://registry.npmjs.org/";

/// Checks the root manifest and both lock files.
pub fn check(files: &Files) -> Vec<Finding> {
    let (Ok(source), Ok(resolved)) = (Regex::new(r#"^source = "([^"]+)""#), Regex::new(r#""resolved": "([^"]+)""#)) else {
        return vec![Finding::new("tidy", "xtask/src/tidy/manifests.rs", "a pattern does not compile")];
    };
    let mut findings = members(files);
    findings.extend(hosts(files.get("Cargo.lock"), &source, CARGO_REGISTRY));
    findings.extend(hosts(files.get("ui/package-lock.json"), &resolved, NPM_REGISTRY));
    findings
}

/// Every member of the workspace says in one line what it is.
fn members(files: &Files) -> Vec<Finding> {
    let Some(file) = files.get("Cargo.toml") else { return vec![Finding::new("members", "Cargo.toml", "is missing")] };
    let list = file.lines().skip_while(|(_, line)| !line.starts_with("members")).skip(1).take_while(|(_, line)| !line.starts_with(']'));
    let bare = list.filter(|(_, line)| !line.contains('#'));
    bare.map(|(number, _)| Finding::new("members", format!("Cargo.toml:{number}"), "a member without a comment that says what it is"))
        .collect()
}

fn hosts(file: Option<&File>, pattern: &Regex, allowed: &str) -> Vec<Finding> {
    let Some(file) = file else { return vec![Finding::new("lock-file", "Cargo.lock, ui/package-lock.json", "is missing")] };
    let mut findings = Vec::new();
    for (number, line) in file.lines() {
        let Some(host) = pattern.captures(line).and_then(|captures| captures.get(1)) else { continue };
        if !host.as_str().starts_with(allowed) {
            findings.push(Finding::new(
                "lock-file",
                format!("{}:{number}", file.path),
                format!("names {} and not {allowed}", host.as_str()),
            ));
        }
    }
    findings
}
