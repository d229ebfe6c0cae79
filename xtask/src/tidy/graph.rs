//! Which package depends on which, as cargo resolves them for this machine.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::place::Place;
use crate::shell;

/// A package of the graph.
pub struct Package {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The licence expression of its manifest.
    pub licence: Option<String>,
    /// Whether it is ours.
    pub member: bool,
    /// The ids it depends on; without dev-dependencies.
    depends: Vec<String>,
}

/// The resolved graph, by cargo's package id.
pub struct Graph(BTreeMap<String, Package>);

impl Graph {
    /// Asks cargo, with the lock file as it is.
    pub fn load(place: &Place) -> Result<Self> {
        let host = shell::output(std::process::Command::new("rustc").arg("-vV"))?;
        let host = host.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc names no host")?;
        let args = ["metadata", "--format-version", "1", "--locked", "--all-features", "--filter-platform", host];
        let metadata: Value = serde_json::from_str(&shell::output(&mut shell::cargo(place, args))?)?;
        let members: BTreeSet<&str> = list(&metadata, "workspace_members").iter().filter_map(Value::as_str).collect();
        let resolve = metadata.get("resolve").context("cargo metadata has no graph")?;
        let mut packages = BTreeMap::new();
        for node in list(resolve, "nodes") {
            let id = text(node, "id").context("a node has no id")?;
            let package = list(&metadata, "packages").iter().find(|p| text(p, "id") == Some(id)).context("a node has no package")?;
            let depends = list(node, "deps").iter().filter(|dep| is_normal(dep)).filter_map(|dep| text(dep, "pkg").map(str::to_owned));
            let package = Package {
                name: text(package, "name").unwrap_or_default().to_owned(),
                version: text(package, "version").unwrap_or_default().to_owned(),
                licence: text(package, "license").map(str::to_owned),
                member: members.contains(id),
                depends: depends.collect(),
            };
            packages.insert(id.to_owned(), package);
        }
        Ok(Self(packages))
    }

    /// Every package.
    pub fn packages(&self) -> impl Iterator<Item = &Package> {
        self.0.values()
    }

    /// What a package names in its own manifest, outside dev-dependencies.
    pub fn direct(&self, package: &Package) -> BTreeSet<&str> {
        package.depends.iter().filter_map(|id| self.0.get(id)).map(|p| p.name.as_str()).collect()
    }

    /// What a package reaches through any number of steps.
    pub fn reach(&self, package: &Package) -> BTreeSet<&str> {
        let mut seen = BTreeSet::new();
        let mut next: Vec<&String> = package.depends.iter().collect();
        while let Some(id) = next.pop() {
            if seen.insert(id.as_str()) {
                next.extend(self.0.get(id).into_iter().flat_map(|p| &p.depends));
            }
        }
        seen.into_iter().filter_map(|id| self.0.get(id)).map(|p| p.name.as_str()).collect()
    }
}

fn is_normal(dep: &Value) -> bool {
    list(dep, "dep_kinds").iter().any(|kind| text(kind, "kind") != Some("dev"))
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key).and_then(Value::as_str)
}
