//! Which house rules the source keeps, beyond what compilers and linters see.

mod docs;
mod errors;
mod files;
mod graph;
mod law;
mod licences;
mod manifests;
mod sources;

use anyhow::Result;

use crate::place::Place;
use files::Files;
use graph::Graph;

/// Something a rule refuses, or only warns of.
pub struct Finding {
    rule: &'static str,
    /// `path` or `path:line`.
    place: String,
    says: String,
    warning: bool,
}

impl Finding {
    /// A broken rule.
    pub fn new(rule: &'static str, place: impl Into<String>, says: impl Into<String>) -> Self {
        Self { rule, place: place.into(), says: says.into(), warning: false }
    }

    /// A soft budget that is exceeded.
    pub fn warning(rule: &'static str, place: impl Into<String>, says: impl Into<String>) -> Self {
        Self { warning: true, ..Self::new(rule, place, says) }
    }
}

/// Checks every rule, prints what was found, and says whether no rule was broken.
pub fn check(place: &Place) -> Result<bool> {
    let files = Files::load(place)?;
    let graph = Graph::load(place)?;
    let mut findings = Vec::new();
    findings.extend(law::check(&graph));
    findings.extend(licences::check(place, &graph)?);
    findings.extend(sources::check(&files));
    findings.extend(docs::check(place, &files));
    findings.extend(errors::check(&files));
    findings.extend(manifests::check(&files));
    for finding in &findings {
        let kind = if finding.warning { "warning" } else { "error" };
        println!("{kind}[{}] {}: {}", finding.rule, finding.place, finding.says);
    }
    let broken = findings.iter().filter(|f| !f.warning).count();
    println!("tidy: {} files, {broken} errors, {} warnings", files.all().len(), findings.len() - broken);
    Ok(broken == 0)
}
