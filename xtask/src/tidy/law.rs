//! Who may depend on whom: the dependency law of docs/ARCHITECTURE.md.

use super::Finding;
use super::graph::{Graph, Package};

/// What each of our packages may name of our others; nothing else, and nothing more.
const LAW: &[(&str, &[&str])] = &[
    ("sotto-protocol", &[]),
    ("sotto-sqlcipher", &[]),
    ("sotto-credential", &["sotto-protocol"]),
    ("sotto-crypto", &["sotto-credential", "sotto-protocol"]),
    ("sotto-store", &["sotto-crypto", "sotto-protocol", "sotto-sqlcipher"]),
    ("sotto-client", &["sotto-store", "sotto-crypto", "sotto-protocol"]),
    ("sotto-cli", &["sotto-client", "sotto-protocol"]),
    ("sotto-desktop", &["sotto-client", "sotto-protocol"]),
    ("sotto-server", &["sotto-credential", "sotto-protocol", "sotto-sqlcipher"]),
    ("xtask", &[]),
];

/// Packages that exist for tests alone: they may name any of ours, and none of ours may name them.
const FOR_TESTS: &[&str] = &["sotto-testkit", "sotto-journeys"];

/// Time, disk and network: not in the crates that are pure.
const PURE: &[&str] = &["sotto-protocol", "sotto-credential", "sotto-crypto"];
const NOT_PURE: &[&str] = &["tokio", "reqwest", "hyper", "rusqlite", "time", "chrono", "tempfile", "rustix", "mio"];

/// Packages whose authors can read nothing: they reach no crate that opens a sealed entry.
const CANNOT_READ: (&str, &[&str]) = ("sotto-server", &["sotto-crypto", "hpke", "argon2", "sotto-store", "sotto-client"]);

/// Checks every one of our packages.
pub fn check(graph: &Graph) -> Vec<Finding> {
    graph.packages().filter(|package| package.member).flat_map(|package| check_package(graph, package)).collect()
}

fn check_package(graph: &Graph, package: &Package) -> Vec<Finding> {
    let (direct, reach) = (graph.direct(package), graph.reach(package));
    let name = package.name.as_str();
    let broken = |says: String| Finding::new("law", format!("package {name}"), says);
    let mut findings = Vec::new();
    if !FOR_TESTS.contains(&name) {
        match LAW.iter().find(|(member, _)| *member == name) {
            None => findings.push(broken("has no place in the dependency law (xtask/src/tidy/law.rs)".to_owned())),
            Some((_, allowed)) => {
                let ours = graph.packages().filter(|p| p.member && direct.contains(p.name.as_str()) && !allowed.contains(&p.name.as_str()));
                findings.extend(ours.map(|p| broken(format!("may not depend on {}", p.name))));
            }
        }
    }
    if PURE.contains(&name) {
        findings.extend(NOT_PURE.iter().filter(|n| reach.contains(*n)).map(|n| broken(format!("is pure and may not reach {n}"))));
    }
    if CANNOT_READ.0 == name {
        findings.extend(
            CANNOT_READ.1.iter().filter(|n| reach.contains(*n)).map(|n| broken(format!("must not be able to read: it reaches {n}"))),
        );
    }
    if name != "sotto-desktop" && !FOR_TESTS.contains(&name) {
        let shell = reach.iter().filter(|n| **n == "tauri" || n.starts_with("tauri-") || **n == "wry");
        findings.extend(shell.map(|n| broken(format!("only sotto-desktop knows Tauri, and this reaches {n}"))));
    }
    findings
}
