//! What source files may not hold: SQL in the wrong place, Tauri outside its door, work left to do, too many lines.

use regex::Regex;

use super::Finding;
use super::files::{File, Files};

/// Lines of a file: above the first a warning, above the second an error.
const SOFT_LINES: usize = 300;
const HARD_LINES: usize = 400;

/// The folders where SQL may stand; the one way to open a database has the pragmas.
const SQL_FOLDERS: &[&str] = &["crates/sotto-store/src/table", "crates/sotto-server/src/db", "crates/sotto-sqlcipher"];

/// The door of the UI that knows Tauri.
const DOOR: &str = "ui/src/backend";

/// The patterns, compiled once.
struct Patterns {
    sql: Regex,
    left_to_do: Regex,
    feature: Regex,
}

/// Checks every source file.
pub fn check(files: &Files) -> Vec<Finding> {
    let Ok(patterns) = patterns() else { return vec![Finding::new("tidy", "xtask/src/tidy/sources.rs", "a pattern does not compile")] };
    files.all().iter().filter(|file| is_source(file)).flat_map(|file| check_file(file, &patterns)).collect()
}

fn patterns() -> Result<Patterns, regex::Error> {
    Ok(Patterns {
        sql: Regex::new(concat!(
            r#"(?i)["(]\s*\\?\s*(select\s+.+\bfrom\b|insert\s+(or \w+ )?into\b|update\s+\w+\s+set\b|delete\s+from\s+\w+\s*(where\b|"|;)|"#,
            r"create\s+(virtual |unique )?(table|index|trigger|view)\b|alter\s+table\b|drop\s+(table|index)\b|pragma\s+\w)"
        ))?,
        // Spelled apart, or this file would find itself.
        left_to_do: Regex::new(concat!(r"\b(TO", r"DO|FIX", r"ME|XX", r"X)\b|\b(to", r"do|unimple", r"mented)!\("))?,
        feature: Regex::new(r#"from "(?:\.\./)+(?:features/)?([a-z_-]+)/"#)?,
    })
}

fn is_source(file: &File) -> bool {
    ["rs", "ts", "tsx", "css", "mjs"].iter().any(|extension| file.is(extension)) && !file.path.contains("/vendor/")
}

fn check_file(file: &File, patterns: &Patterns) -> Vec<Finding> {
    let mut findings = check_lines(file, patterns);
    let length = file.text.lines().count();
    let generated = file.text.lines().next().is_some_and(|line| line.contains("Generated"));
    if length > HARD_LINES && !generated {
        findings.push(Finding::new("size", &file.path, format!("{length} lines; {HARD_LINES} are the limit")));
    } else if length > SOFT_LINES && !generated {
        findings.push(Finding::warning("size", &file.path, format!("{length} lines; {SOFT_LINES} are the budget")));
    }
    if file.is("rs") && !file.text.starts_with("//! ") {
        findings.push(Finding::new("sentence", &file.path, "does not open with the `//!` sentence that says which question it answers"));
    }
    findings
}

fn check_lines(file: &File, patterns: &Patterns) -> Vec<Finding> {
    let mut findings = Vec::new();
    let sql_is_elsewhere = file.is("rs")
        && (file.under("crates") || file.under("src-tauri"))
        && !file.path.contains("/tests/")
        && !SQL_FOLDERS.iter().any(|f| file.under(f));
    for (number, line) in file.lines() {
        let mut found = |rule, says: &str| findings.push(Finding::new(rule, format!("{}:{number}", file.path), says));
        if patterns.left_to_do.is_match(line) {
            found("left-to-do", "work left to do belongs into an issue");
        }
        if sql_is_elsewhere && patterns.sql.is_match(line) {
            found("sql", "SQL stands only in sotto-store/src/table and sotto-server/src/db");
        }
        if file.under("ui/src") && !file.under(DOOR) && line.contains("@tauri-apps/") {
            found("door", "only ui/src/backend knows Tauri");
        }
        if let Some(other) = other_feature(file, line, patterns) {
            found("features", &format!("a feature imports no other feature, and this imports {other}"));
        }
    }
    findings
}

/// The feature that a feature's line imports from, if it is another one.
fn other_feature<'a>(file: &File, line: &'a str, patterns: &Patterns) -> Option<&'a str> {
    let (own, below) = file.path.strip_prefix("ui/src/features/")?.split_once('/')?;
    let other = patterns.feature.captures(line)?.get(1)?.as_str();
    let to_features = line.contains("/features/") || line.matches("../").count() == below.matches('/').count() + 1;
    (to_features && other != own).then_some(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(path: &str, text: &str) -> Vec<&'static str> {
        let file = File { path: path.to_owned(), text: text.to_owned() };
        check_file(&file, &patterns().unwrap()).into_iter().map(|finding| finding.rule).collect()
    }

    #[test]
    fn sql_is_seen_where_it_must_not_be() {
        let text = "//! Which?\nlet a = \"SELECT id FROM thread\";";
        assert_eq!(rules("crates/sotto-client/src/a.rs", text), ["sql"]);
        assert!(rules("crates/sotto-store/src/table/a.rs", text).is_empty());
        for text in ["Select a person", "delete from the keyring"] {
            assert!(rules("crates/sotto-client/src/a.rs", &format!("//! Which?\nlet a = \"{text}\";")).is_empty());
        }
    }

    #[test]
    fn a_feature_may_not_import_its_neighbour() {
        assert_eq!(rules("ui/src/features/lock/Lock.tsx", "import { a } from \"../thread/a\";"), ["features"]);
        assert_eq!(rules("ui/src/features/lock/parts/Lock.tsx", "import { a } from \"../../thread/a\";"), ["features"]);
        assert!(rules("ui/src/features/lock/Lock.tsx", "import { a } from \"../../kit/Button/Button\";").is_empty());
        assert!(rules("ui/src/features/lock/parts/Lock.tsx", "import { a } from \"../parts/a\";").is_empty());
    }

    #[test]
    fn the_door_is_the_only_way_to_tauri() {
        let text = "import { invoke } from \"@tauri-apps/api/core\";";
        assert_eq!(rules("ui/src/app/App.tsx", text), ["door"]);
        assert!(rules("ui/src/backend/tauri.ts", text).is_empty());
    }

    #[test]
    fn a_file_has_a_first_sentence_and_a_last_line() {
        assert_eq!(rules("a.rs", "use std::fmt;"), ["sentence"]);
        assert_eq!(rules("a.rs", &format!("//! Which?\n{}", "\n".repeat(HARD_LINES))), ["size"]);
    }
}
