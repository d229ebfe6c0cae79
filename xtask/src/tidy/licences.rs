//! Under which licences dependencies come: only those that deny.toml allows.

use anyhow::{Context as _, Result};

use super::Finding;
use super::graph::Graph;
use crate::place::Place;

/// Checks what this machine builds; the nightly `cargo deny` checks every platform's.
pub fn check(place: &Place, graph: &Graph) -> Result<Vec<Finding>> {
    let text = std::fs::read_to_string(place.root().join("deny.toml")).context("could not read deny.toml")?;
    let deny: toml::Table = text.parse().context("deny.toml does not parse")?;
    let allow = deny.get("licenses").and_then(|l| l.get("allow")).and_then(toml::Value::as_array).context("deny.toml allows no licence")?;
    let allow: Vec<&str> = allow.iter().filter_map(toml::Value::as_str).collect();
    let banned = deny.get("bans").and_then(|b| b.get("deny")).and_then(toml::Value::as_array).cloned().unwrap_or_default();
    let banned: Vec<&str> = banned.iter().filter_map(|b| b.get("crate").and_then(toml::Value::as_str)).collect();
    let mut findings = Vec::new();
    for package in graph.packages() {
        let name = format!("package {} {}", package.name, package.version);
        if banned.contains(&package.name.as_str()) {
            findings.push(Finding::new("bans", name.clone(), "is banned by deny.toml"));
        }
        if !package.licence.as_deref().is_some_and(|licence| is_allowed(licence, &allow)) {
            findings.push(Finding::new("licence", name, format!("{:?} is not allowed by deny.toml", package.licence)));
        }
    }
    Ok(findings)
}

fn is_allowed(licence: &str, allow: &[&str]) -> bool {
    spdx::Expression::parse_mode(licence, spdx::ParseMode::LAX)
        .is_ok_and(|expression| expression.evaluate(|requirement| allow.contains(&requirement.to_string().as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_or_needs_one_and_an_and_needs_all() {
        assert!(is_allowed("GPL-3.0 OR MIT", &["MIT"]));
        assert!(is_allowed("MIT/Apache-2.0", &["Apache-2.0"]));
        assert!(!is_allowed("GPL-3.0 AND MIT", &["MIT"]));
        assert!(!is_allowed("no licence at all", &["MIT"]));
    }
}
